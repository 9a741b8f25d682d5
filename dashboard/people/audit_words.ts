// What an entry of the audit log says in words. Printed by its page in the reader's language, by its CSV in English.
import type { Words } from '../words.ts'
import { ACTS, type AuditRecord } from './audit.ts'

/** As it stands within a sentence. An act that is none any more is said as it was written. */
export function sayAct(written: string, { audit }: Words): string {
  const act = ACTS.find((one) => one === written)
  return act === undefined ? written : audit.acts[act]
}

/** '' where the act says all there is. */
export function sayDetails({ details, whom }: Pick<AuditRecord, 'details' | 'whom'>, words: Words): string {
  const { before, after, ...rest } = details
  const said = [
    ...(whom === undefined ? [] : [whom || words.audit.who.gone]),
    ...(typeof before === 'string' ? [sayRole(before, rest.role, words)] : sayChanges(before, after, words)),
    ...Object.entries(rest).flatMap(([name, value]) =>
      name === 'role' && before !== undefined ? [] : [say(name, value, words)],
    ),
  ]
  return said.join(words.audit.details.next)
}

/** Of a member, whose sites may have changed alone. */
function sayRole(before: string, role: unknown, words: Words): string {
  const [was, is] = [sayValue('role', before, words), sayValue('role', role, words)]
  return was === is ? was : words.audit.details.became(was, is)
}

/** Of settings those that differ. */
function sayChanges(before: unknown, after: unknown, words: Words): string[] {
  if (!isRecord(before) || !isRecord(after)) return []
  const { labelled, became } = words.audit.details
  return Object.entries(after)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
    .map(([name, value]) =>
      labelled(labelOf(name, words), became(sayValue(name, before[name], words), sayValue(name, value, words))),
    )
}

function say(name: string, value: unknown, words: Words): string {
  const { as, named, days, countsUntil, labelled } = words.audit.details
  const said = sayValue(name, value, words)
  if (name === 'role') return as(said)
  if (name === 'name') return named(said)
  if (name === 'days') return days(said)
  if (name === 'endsOn' && typeof value === 'string') return countsUntil(words.sayDay(value))
  return labelled(labelOf(name, words), said)
}

function labelOf(name: string, { audit, settings }: Words): string {
  const labels = new Map<string, string>([
    ...Object.entries(audit.details.labels),
    ...Object.entries(settings.of).map(([setting, { label }]) => [setting, label] as const),
  ])
  return labels.get(name) ?? name
}

function sayValue(name: string, value: unknown, words: Words): string {
  const { on, off, none } = words.audit.details
  if (value === true) return on
  if (value === false) return off
  if (Array.isArray(value)) return value.length === 0 ? none : value.map((one) => sayValue(name, one, words)).join(', ')
  if (value === '' || value === undefined || value === null) return none
  if (typeof value === 'string') return sayCode(name, value, words)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What people wrote stays as it is; what the log itself writes is words of ours. */
function sayCode(name: string, code: string, { audit, roles }: Words): string {
  const codes = new Map(Object.entries({ ...audit.details.values, role: roles.names }))
  return new Map(Object.entries(codes.get(name) ?? {})).get(code) ?? code
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
