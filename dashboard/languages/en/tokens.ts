// The page of an organization's API tokens. In English.
import type { Scope, TokenProblem } from '../../people/api_tokens.ts'
import { type Part, rich } from '../rich.ts'

const scopes: Record<Scope, { label: string; meaning: string }> = {
  read: { label: 'Reads', meaning: 'Reads the numbers of its sites.' },
  manage: { label: 'Manages', meaning: 'Also adds, changes, shares and deletes sites.' },
}

const problems: Record<TokenProblem, string> = {
  nameMissing: 'The name is missing.',
  nameTooLong: 'The name may have 100 characters at most.',
  nameNotOneLine: 'The name is one line of visible characters.',
  scopeUnknown: 'The scope is read or manage.',
}

export const tokens = {
  title: 'API tokens',
  meaning: (link: Part) =>
    rich`With a token a program reads the numbers of sites, or manages them: ${link('what can be asked')}. It belongs to the organization, so it works on when whoever made it has left.`,
  none: 'There is no token yet.',
  madeOn: (day: string) => `made ${day}`,
  neverUsed: 'never used',
  lastUsed: (day: string) => `last used ${day}`,
  scopes,
  allSites: 'All sites, also those to come.',
  sitesGone: 'Its sites are gone, so it does nothing.',

  withdraw: 'Withdraw',
  withdrawing: 'Whatever uses it is refused from then on.',
  withdrawThis: 'Withdraw this token',
  withdrawn: 'Withdrawn',
  noSuchToken: 'There is no such token: it was withdrawn already.',

  made: {
    title: (name: string) => `The token ${name}`,
    copy: 'Copy it now: it is shown this once, and only a hash of it is kept.',
    try: 'To try it in a shell:',
  },
  form: {
    title: 'A new token',
    name: 'Name',
    nameMeaning: 'What it is for, so that you know which to withdraw.',
    scope: 'What it may do',
    sites: 'Its sites',
    all: { label: 'All', meaning: 'Also those to come.' },
    chosen: { label: 'Only these', meaning: 'It cannot add sites.' },
    ticks: 'These, if not all',
    make: 'Make the token',
  },
  problems,
  sitesMissing: 'Tick at least one site, or choose all of them.',
}

export type TokensWords = typeof tokens
