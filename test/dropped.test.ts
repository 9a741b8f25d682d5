// What becomes of what is not counted: a reason and an hour in fives, and nothing more.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AnonymousEvent } from '../collector/event.ts'
import { aPageview, aSite, flushed, type OpenAccumulator, openAccumulator, rowsOf } from './accumulated.ts'

let open: OpenAccumulator
beforeEach(() => {
  open = openAccumulator()
})
afterEach(() => open.close())

/** As event.ts makes it of a robot's request. */
const aRobot = (hour: number): AnonymousEvent =>
  aPageview({ kind: 'dropped', hour, startsVisit: false, page: '', source: undefined, dropped: ['bot_agent'] })

async function send(times: number, event: AnonymousEvent, site = aSite()): Promise<void> {
  for (let n = 0; n < times; n++) await open.accumulator.count(site, event)
}

const noted = () =>
  rowsOf(flushed(open.accumulator))
    .filter(({ metric }) => metric === 'dropped')
    .map(({ value, value2, n }) => `${value} ${value2}`.trim().concat(` ${n}`))
    .toSorted()

describe('robots', () => {
  test('are counted by reason and hour, in whole fives', async () => {
    await send(14, aRobot(3))
    await send(5, aPageview())
    // The pair begins with the fifth, which names both of its values.
    expect(noted()).toEqual(['03 10', 'bot_agent 03 10', 'bot_agent 10'])
  })

  test('are no visit, no page view and no event, and stand in no total', async () => {
    await send(20, aRobot(3))
    await send(6, aPageview({ page: '/a' }))
    const parcels = flushed(open.accumulator)
    expect(rowsOf<{ visits: number; pageviews: number; events: number }>(parcels, 'days')).toMatchObject([
      { visits: 6, pageviews: 6, events: 0, engaged: 0 },
    ])
    expect(rowsOf(parcels).filter(({ metric, value }) => metric !== 'dropped' && value === '')).toEqual([])
    expect(rowsOf<{ hour: number }>(parcels, 'hours').map(({ hour }) => hour)).toEqual([9])
  })

  test('wait for visits to come after them, like everything with a name', async () => {
    await send(20, aRobot(3))
    await send(4, aPageview())
    expect(noted()).toEqual([])
    await send(1, aPageview())
    expect(noted()).not.toEqual([])
  })
})

test('an event whose properties were dropped counts as ever, and is noted beside', async () => {
  const event = aPageview({ kind: 'event', startsVisit: false, event: 'signup', dropped: ['undeclared_property'] })
  await send(5, event, aSite({ properties: ['plan'] }))
  await send(5, aPageview())
  expect(noted()).toEqual(['09 5', 'undeclared_property 5'])
})
