// What one anonymous event increments: the counters of the data contract, by name and values.
import { expect, test } from 'vitest'
import { COUNTERS } from '../collector/contract.ts'
import { incrementsOf } from '../collector/counters.ts'
import type { AnonymousEvent } from '../collector/event.ts'
import { aPageview, aSite } from './accumulated.ts'

/** 'visits:entry_page /' and 'events:event*entry_page signup /', of those that an entry page stands in. */
function byEntryPage(changes: Partial<AnonymousEvent>, site = aSite()): string[] {
  return incrementsOf(aPageview(changes), site).attributes.flatMap(({ counter, value, value2 }) => {
    const name = COUNTERS[counter]?.name ?? ''
    return name.includes('entry_page') ? [`${name} ${value} ${value2}`.trim()] : []
  })
}

const signup = { kind: 'event', startsVisit: false, event: 'signup', page: '/thanks', entryPage: '/landing' } as const

test('a page view that starts a visit counts by its own page, any other by none', () => {
  expect(byEntryPage({ page: '/landing' })).toEqual([
    'visits:entry_page /landing',
    'visits:entry_page*source /landing Google',
    'visits:entry_page*country /landing FR',
  ])
  expect(byEntryPage({ page: '/second', startsVisit: false })).toEqual([])
})

test('a custom event counts by the entry page of its visit, and starts no visit there', () => {
  expect(byEntryPage(signup)).toEqual(['events:event*entry_page signup /landing'])
  expect(byEntryPage({ ...signup, entryPage: undefined })).toEqual([])
})

test('what makes a visit engaged counts by its own page, which is still the entry page', () => {
  expect(byEntryPage({ ...signup, engages: true, entryPage: '/thanks' })).toEqual([
    'engaged:entry_page /thanks',
    'events:event*entry_page signup /thanks',
  ])
  expect(byEntryPage({ kind: 'report', startsVisit: false, engages: true, page: '/landing' })).toEqual([
    'engaged:entry_page /landing',
  ])
})

test.each(['standard', 'strict', 'cnil'] as const)('the profile %s counts events by entry page', (profile) => {
  expect(byEntryPage(signup, aSite({ profile }))).toEqual(['events:event*entry_page signup /landing'])
})
