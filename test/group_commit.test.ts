// When events become durable together on Node: with those that come in the same moments, and at once when nothing else
// comes. Turns of the real event loop, under a clock that the test moves.
import { expect, test } from 'vitest'
import { createGroupCommit } from '../collector/group_commit.ts'
import { until } from './server.ts'

/** Queues events and says of each commit how many it took. */
function start() {
  let [now, queued] = [1_000, 0]
  const commits: number[] = []
  const defer = createGroupCommit({ now: () => now })
  return {
    commits,
    queue() {
      if (++queued > 1) return
      defer(
        () => {
          commits.push(queued)
          queued = 0
        },
        () => queued,
      )
    },
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

const turn = () => new Promise(setImmediate)

async function turns(n: number): Promise<void> {
  for (let done = 0; done < n; done++) await turn()
}

test('an event that comes alone is committed in the next turn', async () => {
  const { commits, queue } = start()
  queue()
  await turns(2)
  expect(commits).toEqual([1])
})

test('events that come turn after turn are committed together, once none comes', async () => {
  const { commits, queue } = start()
  for (let n = 0; n < 20; n++) {
    queue()
    queue()
    await turn()
  }
  expect(commits).toEqual([])
  await turns(3)
  expect(commits).toEqual([40])
})

test('events that never end to come wait for three milliseconds at most', async () => {
  const { commits, queue, pass } = start()
  for (let n = 0; n < 40; n++) {
    queue()
    queue()
    pass(1)
    await turn()
  }
  expect(commits.length).toBeGreaterThan(5)
  expect(Math.max(...commits)).toBeLessThanOrEqual(8)
})

test('right after a commit the few that come wait for each other a moment', async () => {
  const { commits, queue, pass } = start()
  queue()
  await turns(2)
  queue()
  await turns(3)
  queue()
  expect(commits).toEqual([1])
  await until(
    async () => commits,
    ({ length }) => length === 2,
  )
  expect(commits).toEqual([1, 2])
  pass(1)
  queue()
  await turns(2)
  expect(commits).toEqual([1, 2, 1])
})

test('many do not wait, however short ago the last commit was', async () => {
  const { commits, queue } = start()
  queue()
  await turns(2)
  for (let n = 0; n < 30; n++) queue()
  await turns(3)
  expect(commits).toEqual([1, 30])
})
