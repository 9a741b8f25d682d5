// What commands that cannot be undone have in common: the confirmation that is typed, and the receipt at the end.
import type { Act, Stock } from '../../collector/ledger.ts'
import { type Given, isYes, type Stores, SUNDIAL, type Terminal } from './command.ts'

export const CONFIRM = {
  confirm: { value: '<domain>', meaning: 'The domain once more, instead of typing it when asked.' },
} as const

/** The domain, typed: nothing that cannot be undone goes by a slip. */
export async function isConfirmed(domain: string, given: Given, terminal: Terminal): Promise<boolean> {
  const typed = given.text('confirm') ?? (await terminal.ask?.(`This cannot be undone. Type ${domain} to do it:`))
  if (typed?.trim() === domain) return true
  const reason = typed === undefined ? `Add --confirm ${domain} to do it.` : `That was not ${domain}.`
  terminal.err(`Nothing was done. ${reason}`)
  return false
}

export const YES = {
  yes: { meaning: 'Confirms what goes, instead of answering when asked.' },
} as const

/** For what has been shown already, and names itself. */
export async function isAgreed(given: Given, terminal: Terminal): Promise<boolean> {
  if (given.flag('yes')) return true
  if (terminal.ask && (await isYes(terminal.ask('This cannot be undone. Do it? [y/N]')))) return true
  terminal.err(`Nothing was changed.${terminal.ask ? '' : ' Add --yes to do it.'}`)
  return false
}

/** Carries out what was just ordered and prints the receipts. Returns whether all of it is done and right. */
export async function carryOut(site: number, stores: Stores, terminal: Terminal): Promise<boolean> {
  if (!stores.fulfil) {
    terminal.out(
      `Ordered ${stores.place ?? ''}: the collector forgets what waits with its next hourly trigger, then the`,
    )
    terminal.out('dashboard’s hourly trigger does the rest and writes the receipt. See how far it is:')
    terminal.out(`  ${SUNDIAL} ledger --d1`)
    return true
  }
  try {
    const receipts = (await stores.fulfil()).filter((receipt) => receipt.site === site)
    if (receipts.length === 0) terminal.out(`The server has done it meanwhile: ${SUNDIAL} ledger has the receipt.`)
    for (const receipt of receipts) for (const line of receiptOf(receipt)) terminal.out(line)
    return receipts.every((receipt) => isWhole(receipt, terminal))
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error))
    terminal.err('It is ordered all the same: the server carries it out within an hour of ClickHouse being back.')
    return false
  }
}

export function receiptOf({ at, site, domain, action, details }: Act): string[] {
  const { counts, watermark } = details
  if (!counts) return [`${at}  ${domain} (site ${site}) ${action}`]
  const { before, after } = counts
  const row = (what: string, of: (stock: Stock) => number) =>
    `  ${what.padEnd(22)}${String(of(before)).padStart(12)}${after ? String(of(after)).padStart(12) : ''}`
  return [
    `${at}  ${domain} (site ${site}) ${action}${watermark === undefined ? '' : `, up to ${watermark}`}`,
    `  ${''.padEnd(22)}${'before'.padStart(12)}${'after'.padStart(12)}`,
    row('hours', ({ hours }) => hours.rows),
    row('days', ({ days }) => days.rows),
    row('attribute counts', ({ counts }) => counts.rows),
    row('visits', ({ days }) => days.visits),
    row('page views', ({ days }) => days.pageviews),
    row('engaged visits', ({ days }) => days.engaged),
    row('events', ({ days }) => days.events),
    row('sum of attributes', ({ counts }) => counts.n),
  ]
}

/** Anonymizing leaves every sum as it was; deleting leaves none. */
function isWhole({ action, details: { counts } }: Act, terminal: Terminal): boolean {
  if (!counts?.after || action === 'shortened') return true
  const sums = ({ days, counts: { n } }: Stock) => [days.visits, days.pageviews, days.engaged, days.events, n].join()
  const right =
    action === 'deleted'
      ? counts.after.hours.rows + counts.after.days.rows + counts.after.counts.rows === 0
      : sums(counts.before) === sums(counts.after)
  if (!right)
    terminal.err('The sums are not what they must be: keep this receipt, and report it as a fault of Sundial.')
  return right
}
