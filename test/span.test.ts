// The days that a report reads, for two ranges that lie apart, meet or overlap.
import { expect, test } from 'vitest'
import { spanOf } from '../dashboard/reports/span.ts'

const MAY = { from: '2026-05-01', to: '2026-06-01' }

test.each([
  [
    'a month between them is left unread',
    { from: '2026-03-01', to: '2026-03-31' },
    { from: '2026-03-31', to: '2026-05-01' },
  ],
  ['less than 31 days are read', { from: '2026-03-01', to: '2026-04-01' }, undefined],
  ['there is nothing between ranges that meet', { from: '2026-04-01', to: '2026-05-01' }, undefined],
  ['there is nothing between ranges that overlap', { from: '2026-01-01', to: '2026-05-15' }, undefined],
  ['what lies after comes later', { from: '2026-07-05', to: '2026-08-01' }, { from: '2026-06-01', to: '2026-07-05' }],
])('%s', (_, before, gap) => {
  expect(spanOf({ range: MAY, before }).gap).toEqual(gap)
})

test('a range alone has no gap', () => {
  expect(spanOf({ range: MAY })).toMatchObject({ ...MAY, month: '2026-05-01', cut: [], gap: undefined })
})
