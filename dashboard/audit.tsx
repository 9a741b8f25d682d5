// The routes of an organization's audit log: reading it, its period, and both of its exports. Mounted by dashboard.ts.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { csvName, writeCsv, writeLines } from './csv.ts'
import type { Door, OrganizationGuest } from './door.tsx'
import { jsonList, streamOf } from './download.ts'
import { AuditPage } from './pages/audit.tsx'
import { given } from './people/account_form.ts'
import { ACTS, AUDIT_DAYS, type Audit, type AuditFilter } from './people/audit.ts'
import { sayDetails } from './people/audit_words.ts'
import type { Organizations } from './people/organizations.ts'
import { ENGLISH } from './words.ts'

export interface AuditDeps {
  door: Door
  audit: Audit
  organizations: Pick<Organizations, 'keepAudit'>
  /** Milliseconds since the epoch. */
  now: () => number
  basePath: string
}

const ENTRIES_PER_PAGE = 50

export function createAuditPages({ door, audit, organizations, now, basePath }: AuditDeps): Hono {
  const app = new Hono()

  door.on(app, 'GET /organizations/:organization/audit', (c, guest) => show(c, guest, []))

  door.on(app, 'POST /organizations/:organization/audit', async (c, guest) => {
    const read = periodForm.safeParse(await c.req.parseBody())
    if (!read.success) {
      const { outside } = door.words(c).audit.period
      return show(c, guest, [outside(AUDIT_DAYS.least, AUDIT_DAYS.most)], 422)
    }
    const { id } = guest.organization
    await organizations.keepAudit(id, read.data.days, guest.actor)
    return c.redirect(`${basePath}/organizations/${encodeURIComponent(id)}/audit?saved`, 303)
  })

  door.on(app, 'GET /organizations/:organization/audit.csv', async (c, guest) => {
    const filter = filterOf(c)
    await note(guest, 'CSV')
    return download(c, guest, 'csv', csvOf(audit.all(guest.organization.id, filter)))
  })

  door.on(app, 'GET /organizations/:organization/audit.json', async (c, guest) => {
    const filter = filterOf(c)
    await note(guest, 'JSON')
    return download(c, guest, 'json', jsonList(audit.all(guest.organization.id, filter)))
  })

  async function show(c: Context, guest: OrganizationGuest, refused: readonly string[], status: 200 | 422 = 200) {
    const { frame, membership, organization } = guest
    const filter = filterOf(c)
    const before = whole.parse(Number(c.req.query('before') ?? 'none'))
    // One more than is shown says whether there are older ones.
    const wanted = { ...filter, before, limit: ENTRIES_PER_PAGE + 1 }
    const records = await audit.read(organization.id, wanted, door.words(c).audit.who)
    const shown = records.slice(0, ENTRIES_PER_PAGE)
    const props = {
      ...{ frame, membership, filter, refused },
      records: shown,
      domains: await audit.sites(organization.id),
      older: records.length > ENTRIES_PER_PAGE ? shown.at(-1)?.id : undefined,
      isOlder: before !== undefined,
      saved: c.req.query('saved') !== undefined,
    }
    return door.page(c, <AuditPage {...props} />, status)
  }

  /** Whoever takes the log away stands in it. */
  function note({ organization, actor }: OrganizationGuest, format: string): Promise<void> {
    return audit.note({ organization: organization.id, actor, act: 'audit log exported', details: { format } })
  }

  function download(
    c: Context,
    { organization }: OrganizationGuest,
    format: 'csv' | 'json',
    content: AsyncGenerator<string>,
  ) {
    const day = new Date(now()).toISOString().slice(0, 10)
    const name = csvName(organization.name, 'audit', day).replace(/csv$/, format)
    return c.body(streamOf(content), 200, {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'Content-Disposition': `attachment; filename="${name}"`,
    })
  }

  return app
}

type Pages = ReturnType<Audit['all']>

async function* csvOf(pages: Pages): AsyncGenerator<string> {
  yield writeCsv(['at (UTC)', 'who', 'what', 'site', 'details'], [])
  for await (const records of pages)
    yield writeLines(records.map((one) => [one.at, one.who, one.act, one.site, sayDetails(one, ENGLISH)]))
}

function filterOf(c: Context): AuditFilter {
  const act = ACTS.find((one) => one === c.req.query('act'))
  return { act, site: given.parse(c.req.query('site')) || undefined }
}

const whole = z.catch(z.optional(z.int().check(z.positive())), undefined)
const periodForm = z.object({
  days: z.pipe(
    z.transform((sent: unknown) => Number(sent)),
    z.int().check(z.minimum(AUDIT_DAYS.least), z.maximum(AUDIT_DAYS.most)),
  ),
})
