// What cannot be undone, by pages: shorter periods, anonymizing now, deleting a site. Each is shown before it is done, is
// an order (see orders.ts) written in one batch with its audit entry, and leaves a receipt. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import type { Counts } from '../collector/clickhouse.ts'
import type { Act, Ledger } from '../collector/ledger.ts'
import type { SiteRefusal } from '../collector/site_refusals.ts'
import type { Site, Sites } from '../collector/sites.ts'
import { lastDayOf, previewShorter, stockOf } from '../collector/stock.ts'
import type { Door, SiteGuest } from './door.tsx'
import { settingsPath } from './pages/site_settings.tsx'
import { DeletedPage, EndPage } from './pages/site_settings_end.tsx'
import { type PeriodPlan, PeriodsPage } from './pages/site_settings_periods.tsx'
import type { Audit } from './people/audit.ts'
import { textOf } from './site_forms.ts'
import { longerOf, type Periods, periodProblems, shorterOf } from './site_periods.ts'
import { about } from './sites.tsx'

export interface SiteEndsDeps {
  door: Door
  sites: Pick<Sites, 'set' | 'anonymize' | 'remove'>
  ledger: Pick<Ledger, 'entries'>
  audit: Pick<Audit, 'entry'>
  /** The counts as somebody who may read the tables; without, pages cannot say how much would go. */
  tables?: Counts | undefined
  /** Carries out what was ordered, at once. Where it is missing, the hourly triggers do. */
  fulfil?: (() => Promise<Act[]>) | undefined
  basePath: string
  /** Told about what could not be done yet. */
  report: (problem: string, error: unknown) => void
}

export function createSiteEnds(deps: SiteEndsDeps): Hono {
  const { door, sites, ledger, audit, basePath } = deps
  const when = deps.fulfil ? 'later' : 'hourly'
  const app = new Hono()

  door.on(app, 'GET /sites/:site/settings/periods', async (c, guest) => {
    const { anonymization, retention } = c.req.query()
    if (anonymization === undefined && retention === undefined) return showPeriods(c, guest, {})
    return showPeriods(c, guest, { typed: { anonymization: textOf(anonymization), retention: textOf(retention) } })
  })

  door.on(app, 'POST /sites/:site/settings/periods', async (c, guest) => {
    const { site, actor } = guest
    const body = await c.req.parseBody()
    const typed = { anonymization: textOf(body.anonymization), retention: textOf(body.retention) }
    const wanted = readPeriods(typed)
    if (periodProblems(site, wanted).length > 0) return showPeriods(c, guest, { typed })
    const shortens = shorterOf(site, wanted) !== undefined
    if (shortens && body.agreed !== 'on')
      return showPeriods(c, guest, { typed, refused: [door.words(c).periods.notAgreed] })
    const { anonymizationDays, retentionDays } = site
    const details = { before: { anonymizationDays, retentionDays }, after: wanted }
    const entry = audit.entry({ ...about(guest), actor, act: 'period changed', details })
    const answer = await sites.set(site.domain, wanted, [entry])
    if ('refused' in answer) return showPeriods(c, guest, { typed, refused: say(c, answer.refused) })
    const saved = shortens ? ((await carryOut()) ? 'done' : 'ordered') : 'changed'
    return c.redirect(`${settingsPath({ basePath }, site, '/periods')}?saved=${saved}`, 303)
  })

  door.on(app, 'GET /sites/:site/settings/end', (c, guest) => showEnd(c, guest))

  door.on(app, 'POST /sites/:site/settings/anonymize', async (c, guest) => {
    const { site, actor } = guest
    if (!(await isConfirmed(c, site))) return showEnd(c, guest, { act: 'anonymize', why: [notTyped(c, site)] })
    const entry = audit.entry({ ...about(guest), actor, act: 'site anonymized' })
    const answer = await sites.anonymize(site.domain, [entry])
    if ('refused' in answer) return showEnd(c, guest, { act: 'anonymize', why: say(c, answer.refused) })
    const saved = (await carryOut()) ? 'done' : 'ordered'
    return c.redirect(`${settingsPath({ basePath }, site, '/end')}?saved=${saved}`, 303)
  })

  door.on(app, 'POST /sites/:site/settings/delete', async (c, guest) => {
    const { site, actor, frame } = guest
    if (!(await isConfirmed(c, site))) return showEnd(c, guest, { act: 'delete', why: [notTyped(c, site)] })
    const entry = audit.entry({ ...about(guest), actor, act: 'site deleted' })
    const answer = await sites.remove(site.domain, [entry])
    if ('refused' in answer) return showEnd(c, guest, { act: 'delete', why: say(c, answer.refused) })
    const isDone = await carryOut()
    const receipts = isDone ? await receiptsOf(site, 'deleted') : []
    const left = { ...frame, sites: frame.sites.filter(({ id }) => id !== site.id) }
    const { deleted: words } = door.words(c).ends
    const sentence = isDone ? words.isDone : words.isOrdered[when](SHOW_RECEIPT[when])
    return door.page(c, <DeletedPage frame={left} domain={site.domain} receipts={receipts} sentence={sentence} />)
  })

  interface ShownPeriods {
    typed?: { anonymization: string; retention: string }
    refused?: readonly string[]
  }

  async function showPeriods(c: Context, guest: SiteGuest, { typed, refused = [] }: ShownPeriods) {
    const { frame, site } = guest
    const fields = typed ?? { anonymization: String(site.anonymizationDays), retention: String(site.retentionDays) }
    const wanted = readPeriods(fields)
    const problems = periodProblems(site, wanted)
    const plan = typed && problems.length === 0 ? await planOf(site, wanted) : undefined
    const all = [...say(c, problems), ...refused]
    const saved = typed ? undefined : sayDone(c)
    const receipts = await receiptsOf(site, 'shortened')
    const page = <PeriodsPage {...{ frame, site, typed: fields, refused: all, plan, saved, receipts }} />
    return door.page(c, page, all.length > 0 ? 422 : 200)
  }

  async function planOf(site: Site, wanted: Periods): Promise<PeriodPlan | undefined> {
    const shorter = shorterOf(site, wanted)
    const longer = longerOf(site, wanted)
    if (!shorter && !longer) return undefined
    const months = shorter ? await look((tables) => previewShorter(tables, site.id, shorter)) : []
    return { wanted, shorter, longer, months }
  }

  async function showEnd(
    c: Context,
    { frame, site }: SiteGuest,
    refused?: { act: 'anonymize' | 'delete'; why: readonly string[] },
  ) {
    const receipts = await receiptsOf(site, 'anonymized')
    const reach = await look(async (tables) => ({
      stock: await stockOf(tables, site.id),
      last: await lastDayOf(tables, site.id),
    }))
    const saved = refused ? undefined : sayDone(c)
    return door.page(c, <EndPage {...{ frame, site, reach, refused, saved, receipts }} />, refused ? 422 : 200)
  }

  async function receiptsOf({ id }: Site, action: Act['action']): Promise<Act[]> {
    const entries = await ledger.entries(id)
    return entries.filter((entry) => entry.action === action).reverse()
  }

  /** Undefined where nobody may look, or where nobody answers. */
  async function look<T>(ask: (tables: Counts) => Promise<T>): Promise<T | undefined> {
    if (!deps.tables) return undefined
    try {
      return await ask(deps.tables)
    } catch (error) {
      deps.report('what there is of a site could not be read', error)
      return undefined
    }
  }

  /** Whether it is done; what is not is an order, which stays. */
  async function carryOut(): Promise<boolean> {
    if (!deps.fulfil) return false
    try {
      await deps.fulfil()
      return true
    } catch (error) {
      deps.report('an order could not be carried out yet', error)
      return false
    }
  }

  /** From a closed list: nothing that stands in an address is repeated on the page. */
  function sayDone(c: Context): string | undefined {
    const { settings, ends } = door.words(c)
    const saved = c.req.query('saved')
    if (saved === 'changed') return settings.saved
    if (saved === 'done') return ends.isDone
    return saved === 'ordered' ? ends.isOrdered[when] : undefined
  }

  function say(c: Context, refused: readonly SiteRefusal[]): string[] {
    return refused.map(door.words(c).settings.refused)
  }

  function notTyped(c: Context, { domain }: Site): string {
    return door.words(c).ends.notTyped(domain)
  }

  return app
}

/** A site that is gone has no page to show it on. */
const SHOW_RECEIPT = { later: 'npm run sundial -- ledger', hourly: 'npm run sundial -- ledger --d1 --remote' } as const

async function isConfirmed(c: Context, { domain }: Site): Promise<boolean> {
  return textOf((await c.req.parseBody()).domain).trim() === domain
}

/** What is no number is refused by the rules of a site. */
function readPeriods({ anonymization, retention }: { anonymization: string; retention: string }): Periods {
  return {
    anonymizationDays: Number(anonymization.trim() || Number.NaN),
    retentionDays: Number(retention.trim() || Number.NaN),
  }
}
