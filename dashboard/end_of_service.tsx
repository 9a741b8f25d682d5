// The end of an organization by its owner: the export of everything, the deletion with its receipt. Mounted by
// dashboard.ts. The link that takes it back is invitation.tsx, what is left to the clock people/end_of_service.ts.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Counts } from '../collector/clickhouse.ts'
import { secondOf } from '../collector/ledger.ts'
import type { Sites } from '../collector/sites.ts'
import { csvName } from './csv.ts'
import type { Subscriptions } from './dispatch/subscriptions.ts'
import type { Door, OrganizationGuest } from './door.tsx'
import { streamOf, zipOf } from './download.ts'
import { MailError, type Mailer } from './mailer.ts'
import { EndedPage, EndPage, type HeldSite } from './pages/organization_end.tsx'
import { given } from './people/account_form.ts'
import type { ApiTokens } from './people/api_tokens.ts'
import type { Audit } from './people/audit.ts'
import { exportOf } from './people/export.ts'
import { endLetter } from './people/letters.ts'
import type { Notes } from './people/notes.ts'
import type { Member, Organizations } from './people/organizations.ts'
import { readHeld } from './reports/table.ts'
import { WORDS, type Words } from './words.ts'

export interface EndOfServiceDeps {
  door: Door
  organizations: Organizations
  audit: Audit
  apiTokens: Pick<ApiTokens, 'list'>
  notes: Pick<Notes, 'ofSite'>
  subscriptions: Pick<Subscriptions, 'webhooks'>
  sites: Pick<Sites, 'ofOrganization' | 'reload'>
  counts: Pick<Counts, 'query'>
  mailer: Mailer | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  basePath: string
  /** Where the dashboard is, without basePath: the link of the mails leads there. */
  originOf: (c: Context) => string
  report: (problem: string, error: unknown) => void
}

export function createEndOfService(deps: EndOfServiceDeps): Hono {
  const { door, organizations, audit, sites, counts, mailer, now, originOf, basePath } = deps
  const app = new Hono()

  door.on(app, 'GET /organizations/:organization/export', async (c, { organization, actor }) => {
    const { id, name } = organization
    await audit.note({ organization: id, actor, act: 'numbers exported', details: { format: 'ZIP' } })
    const members = await organizations.members(id)
    const own = sites.ofOrganization(id)
    const files = exportOf({ ...deps, organization, members, sites: own, at: secondOf(now()) })
    const file = csvName(name, 'sundial', secondOf(now()).slice(0, 10)).replace(/csv$/, 'zip')
    return c.body(streamOf(zipOf(files)), 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${file}"`,
    })
  })

  door.on(app, 'GET /organizations/:organization/end', (c, guest) => show(c, guest, []))

  door.on(app, 'POST /organizations/:organization/end', async (c, guest) => {
    const { organization, actor } = guest
    const { name } = nameForm.parse(await c.req.parseBody())
    if (name.trim() !== organization.name) {
      return show(c, guest, [door.words(c).organization.end.notTyped(organization.name)], 422)
    }
    // What is there is counted before anything ends: without the numbers there is no receipt, and no end.
    const held = await readSites(organization.id)
    const members = await organizations.members(organization.id)
    const { endsOn, secret } = await organizations.end(organization.id, actor)
    await sites.reload()
    const undoLink = `${originOf(c)}${basePath}/undo/${secret}`
    if (mailer) {
      const told = { organization: organization.name, endsOn, link: undoLink }
      await mailOwners(mailer, members, told, door.words(c))
    }
    // As whoever they are now: perhaps nobody any more.
    const { frame } = await door.guest(c)
    const told = { organization, endsOn, undoLink, people: members.length, sites: held, at: secondOf(now()) }
    return door.page(c, <EndedPage frame={frame} {...told} />)
  })

  async function show(c: Context, guest: OrganizationGuest, refused: readonly string[], status: 200 | 422 = 200) {
    const { frame, membership, organization } = guest
    const held = await readSites(organization.id).catch((error: unknown) => {
      deps.report('what an organization’s sites hold cannot be shown', error)
      return undefined
    })
    return door.page(c, <EndPage frame={frame} membership={membership} sites={held} refused={refused} />, status)
  }

  function readSites(organization: string): Promise<HeldSite[]> {
    return Promise.all(
      sites.ofOrganization(organization).map(async (site) => ({ site, held: await readHeld(counts, site) })),
    )
  }

  /** All of its owners can take it back, whoever of them ended it. */
  async function mailOwners(
    mailer: Mailer,
    members: readonly Member[],
    told: { organization: string; endsOn: string; link: string },
    words: Words,
  ): Promise<void> {
    for (const { email, role, language } of members) {
      if (role !== 'owner') continue
      const letter = await endLetter(told, language ? WORDS[language] : words)
      try {
        await mailer.send({ to: email, ...letter })
      } catch (error) {
        if (!(error instanceof MailError)) throw error
        deps.report('the end of an organization could not be mailed to an owner', error)
      }
    }
  }

  return app
}

const nameForm = z.object({ name: given })
