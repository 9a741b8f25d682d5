// The audit log of an organization: its page, and what each entry says. In English.
import type { Scope } from '../../people/api_tokens.ts'
import type { AuditAct } from '../../people/audit.ts'

/** Begun with a small letter where the language does so within a sentence. */
const acts: Record<AuditAct, string> = {
  'organization made': 'organization made',
  'organization renamed': 'organization renamed',
  'organization deleted': 'organization deleted',
  'deletion undone': 'deletion undone',
  'audit period changed': 'audit period changed',
  'member invited': 'member invited',
  'invitation withdrawn': 'invitation withdrawn',
  'member joined': 'member joined',
  'member changed': 'member changed',
  'member removed': 'member removed',
  'password reset ordered': 'password reset ordered',
  'site added': 'site added',
  'site changed': 'site changed',
  'period changed': 'period changed',
  'site anonymized': 'site anonymized',
  'site deleted': 'site deleted',
  'share link made': 'share link made',
  'share link withdrawn': 'share link withdrawn',
  'webhook made': 'webhook made',
  'webhook removed': 'webhook removed',
  'token made': 'token made',
  'token withdrawn': 'token withdrawn',
  'numbers exported': 'numbers exported',
  'audit log exported': 'audit log exported',
}

const scope: Record<Scope, string> = { read: 'read', manage: 'manage' }

export const audit = {
  title: 'Audit log',
  nothingYet: 'Nothing yet.',
  nothingFits: 'Nothing that fits this choice.',
  turn: 'Pages of the log',
  newest: 'Newest',
  older: 'Older',

  what: 'What',
  anything: 'everything',
  site: 'Site',
  anySite: 'all of them',
  show: 'Show',

  period: {
    title: 'How long it is kept',
    days: 'Days',
    meaning: (least: number, most: number) =>
      `From ${least} to ${most}. Entries that are older go within the hour, also those that are there now. Nobody can change an entry or take one away before.`,
    save: 'Save',
    outside: (least: number, most: number) => `Choose whole days from ${least} to ${most}.`,
  },

  acts,
  who: {
    operator: 'The operator’s command line',
    token: (name: string) => `Token ${name}`,
    withdrawnToken: 'A withdrawn token',
    /** Somebody whose account was deleted. */
    gone: 'somebody whose account is gone',
  },
  /** What more there is to an entry: one after the other, with `next` between them. */
  details: {
    next: '; ',
    labelled: (label: string, value: string) => `${label}: ${value}`,
    became: (before: string, after: string) => `${before} → ${after}`,
    as: (role: string) => `as ${role}`,
    named: (name: string) => `“${name}”`,
    days: (days: string) => `${days} days`,
    countsUntil: (day: string) => `its counts stay until ${day}`,
    labels: {
      sites: 'sites',
      scope: 'may',
      secondFactor: 'second factor',
      format: 'format',
    },
    on: 'on',
    off: 'off',
    none: 'none',
    /** What the log itself writes. */
    values: {
      secondFactor: { 'turned off': 'turned off' },
      controller: { named: 'named', 'not named': 'not named' },
      scope,
    },
  },
}

export type AuditWords = typeof audit
