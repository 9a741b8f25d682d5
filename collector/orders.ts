// Orders: what an operator has asked for and what is not done yet (rows to shorten, to anonymize, to delete). Written by
// sites.ts in one batch with the settings; carried out on one machine by the command itself, on Workers by both crons.
import * as z from 'zod/mini'
import { type Act, appending, type LedgerDetails, ledgerEntry, type Statement } from './ledger.ts'
import type { SettingsStore } from './sites.ts'

const ACTIONS = ['shortened', 'anonymized', 'deleted'] as const

/** What the ledger will say when it is done. */
export interface Order extends Act {
  id: number
  action: (typeof ACTIONS)[number]
  /** The accumulators have forgotten what they held of the site, as far as the order wants it. */
  forgotten: boolean
}

const orderRow = z.object({
  id: z.number(),
  at: ledgerEntry.shape.at,
  site: z.number(),
  domain: z.string(),
  action: z.enum(ACTIONS),
  details: z.string(),
  forgotten: z.number(),
})

/** Oldest first. */
export async function readOrders(db: SettingsStore): Promise<Order[]> {
  const rows = await db.all(
    '/* orders.all */ SELECT id, at, site, domain, action, details, forgotten FROM orders ORDER BY id',
  )
  return rows.map((row) => {
    const { details, forgotten, ...order } = orderRow.parse(row)
    return { ...order, details: ledgerEntry.shape.details.parse(JSON.parse(details)), forgotten: forgotten === 1 }
  })
}

/** For a batch with a change of the settings; before the site is removed from them. */
export function orderingFor(domain: string, order: Pick<Order, 'at' | 'action' | 'details'>): Statement {
  return {
    sql: '/* orders.add */ INSERT INTO orders (at, site, domain, action, details) SELECT ?, id, domain, ?, ? FROM sites WHERE domain = ?',
    params: [order.at, order.action, JSON.stringify(order.details), domain],
  }
}

/** The first half of every order. `forget` has the accumulators forget, and says whether all of them have. */
export async function forgetOrdered({ db, forget }: ForgetDeps): Promise<void> {
  for (const order of await readOrders(db)) {
    if (!order.forgotten && (await forget(order))) await markForgotten(db, order)
  }
}

interface ForgetDeps {
  db: SettingsStore
  forget: (order: Order) => Promise<boolean>
}

/** The accumulators have done their part of an order. */
export async function markForgotten(db: SettingsStore, { id }: Order): Promise<void> {
  await db.run('/* orders.forgotten */ UPDATE orders SET forgotten = 1 WHERE id = ?', id)
}

/** What was there before the first row was touched: kept with the order, should it take a second attempt. */
export async function keepDetails(db: SettingsStore, { id, details }: Order): Promise<void> {
  await db.run('/* orders.begun */ UPDATE orders SET details = ? WHERE id = ?', JSON.stringify(details), id)
}

/** The order is done: its receipt goes to the ledger, and the order away. Whoever comes second writes none. */
export async function giveReceipt(db: SettingsStore, order: Order, receipt: LedgerDetails): Promise<void> {
  const { sql, params } = appending({ ...order, details: receipt })
  const once = sql.replace(
    'VALUES (?, ?, ?, ?, ?)',
    'SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM orders WHERE id = ?)',
  )
  await db.batch([
    { sql: once, params: [...params, order.id] },
    { sql: '/* orders.done */ DELETE FROM orders WHERE id = ?', params: [order.id] },
  ])
}
