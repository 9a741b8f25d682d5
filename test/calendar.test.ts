import { expect, test } from 'vitest'
import { addDays, addMonths, createCalendar, daysBetween, firstOfMonth } from '../collector/calendar.ts'

const at = (instant: string) => Date.parse(instant)

test('an instant has the hour and day of the site’s own clock', () => {
  const { localHour } = createCalendar()
  expect(localHour('UTC', at('2026-03-01T00:00:00Z'))).toEqual({ day: '2026-03-01', hour: 0 })
  expect(localHour('Europe/Paris', at('2026-02-28T23:30:00Z'))).toEqual({ day: '2026-03-01', hour: 0 })
  expect(localHour('America/New_York', at('2026-03-01T04:59:59Z'))).toEqual({ day: '2026-02-28', hour: 23 })
})

test('zones of quarter and half hours turn their hour on their own quarter', () => {
  const { localHour } = createCalendar()
  expect(localHour('Asia/Kathmandu', at('2026-05-05T18:14:59Z'))).toEqual({ day: '2026-05-05', hour: 23 })
  expect(localHour('Asia/Kathmandu', at('2026-05-05T18:15:00Z'))).toEqual({ day: '2026-05-06', hour: 0 })
  expect(localHour('Asia/Kolkata', at('2026-05-05T18:30:00Z'))).toEqual({ day: '2026-05-06', hour: 0 })
})

test('the hour that summer time skips never comes, and the hour that it repeats comes twice', () => {
  const { localHour } = createCalendar()
  const hours = (day: string) =>
    Array.from({ length: 5 }, (_, n) => localHour('Europe/Berlin', at(day) + n * 3_600_000).hour)
  expect(hours('2026-03-28T23:00:00Z')).toEqual([0, 1, 3, 4, 5])
  expect(hours('2026-10-24T22:00:00Z')).toEqual([0, 1, 2, 2, 3])
})

test('a zone that does not exist is an error', () => {
  expect(() => createCalendar().localHour('Mars/Olympus', 0)).toThrow(RangeError)
})

test('days and months are added across years, leap days and negative numbers', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  expect(addMonths('2026-11-21', 2)).toBe('2027-01-01')
  expect(addMonths('2026-01-31', -1)).toBe('2025-12-01')
  expect(firstOfMonth('2026-11-21')).toBe('2026-11-01')
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
})
