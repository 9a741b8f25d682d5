// Carries out orders: first the accumulators forget, then ClickHouse's rows change, then the receipt goes to the ledger.
// Stopped anywhere, it is done again from the start. One machine does both halves at once (machine.ts); on Workers the
// collector's cron does the first, the dashboard's the second.
import type { Counts } from './clickhouse.ts'
import type { Act, LedgerDetails } from './ledger.ts'
import { giveReceipt, keepDetails, type Order, readOrders } from './orders.ts'
import { shorterIn } from './replay.ts'
import { deleteRows, generalizeRows, shortenRows, todayOf } from './retention.ts'
import type { SettingsStore } from './sites.ts'
import { lastDayOf, stockOf } from './stock.ts'

/** The second half, for the orders whose first half is done. Returns their receipts. */
export async function fulfilOrders({ db, counts }: { db: SettingsStore; counts: Counts }): Promise<Act[]> {
  const receipts: Act[] = []
  for (const order of await readOrders(db)) {
    if (order.forgotten) receipts.push(await fulfil(db, counts, order))
  }
  return receipts
}

async function fulfil(db: SettingsStore, counts: Counts, found: Order): Promise<Act> {
  const today = await todayOf(counts)
  const order = found.details.counts ? found : await begin(db, counts, found, today)
  const before = order.details.counts?.before
  // After the change it could not be counted any more.
  if (!before) throw new Error('an order that was begun does not say what was there before')
  await change(counts, order)
  const after = await stockOf(counts, order.site, today)
  const receipt: LedgerDetails = { ...order.details, counts: { before, after } }
  await giveReceipt(db, order, receipt)
  const { at, site, domain, action } = order
  return { at, site, domain, action, details: receipt }
}

/** The watermark is the last day there is: what is counted later is not meant. */
async function begin(db: SettingsStore, counts: Counts, order: Order, today: string): Promise<Order> {
  const before = await stockOf(counts, order.site, today)
  const watermark = await lastDayOf(counts, order.site)
  const details = { ...order.details, counts: { before }, ...(watermark === undefined ? {} : { watermark }) }
  const begun = { ...order, details }
  await keepDetails(db, begun)
  return begun
}

async function change(counts: Counts, { site, action, details }: Order): Promise<void> {
  const { watermark } = details
  if (watermark === undefined) return
  if (action === 'deleted') await deleteRows(counts, site)
  else if (action === 'anonymized') await generalizeRows(counts, { site, through: watermark })
  else await shortenRows(counts, { site, through: watermark }, shorterIn(details))
}
