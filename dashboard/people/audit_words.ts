// What the details of an audit entry say in plain words. Printed by the page of the audit log and its CSV.
import { SETTINGS } from '../site_words.ts'
import { sayDay } from '../words.ts'
import type { AuditRecord } from './audit.ts'

/** '' where the act says all there is. */
export function sayDetails({ details, whom }: Pick<AuditRecord, 'details' | 'whom'>): string {
  const { before, after, ...rest } = details
  const said = [
    ...(whom === undefined ? [] : [whom || GONE]),
    ...sayChange(before, after, rest.role),
    ...Object.entries(rest).flatMap(([name, value]) =>
      name === 'role' && before !== undefined ? [] : say(name, value),
    ),
  ]
  return said.join('; ')
}

/** Of somebody whose account was deleted. */
export const GONE = 'somebody whose account is gone'

/** Of settings those that differ; of a member the role. */
function sayChange(before: unknown, after: unknown, role: unknown): string[] {
  if (typeof before === 'string') return [before === role ? `${before}` : `${before} → ${wordsOf(role)}`]
  if (!isRecord(before) || !isRecord(after)) return []
  return Object.entries(after)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
    .map(([name, value]) => `${labelOf(name)}: ${wordsOf(before[name])} → ${wordsOf(value)}`)
}

function say(name: string, value: unknown): string[] {
  if (name === 'role') return [`as ${wordsOf(value)}`]
  if (name === 'name') return [`“${wordsOf(value)}”`]
  if (name === 'days') return [`${wordsOf(value)} days`]
  if (name === 'endsOn' && typeof value === 'string') return [`its counts stay until ${sayDay(value)}`]
  return [`${labelOf(name)}: ${wordsOf(value)}`]
}

const WORDS = new Map<string, string>([
  ['sites', 'sites'],
  ['scope', 'may'],
  ['secondFactor', 'second factor'],
  ['entries', 'entries'],
  ...Object.entries(SETTINGS).map(([name, { label }]) => [name, label] as const),
])

function labelOf(name: string): string {
  return WORDS.get(name) ?? name
}

function wordsOf(value: unknown): string {
  if (value === true) return 'on'
  if (value === false) return 'off'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(wordsOf).join(', ')
  if (value === '' || value === undefined || value === null) return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
