// Sites and their settings: the list, adding one, the forms of what can be set, share links. What cannot be undone is in
// site_ends.tsx. Mounted by dashboard.ts; each form ends in a redirect, or in its page with what was refused and why.
import { type Context, Hono } from 'hono'
import type { Sites } from '../collector/sites.ts'
import type { Door, SiteGuest } from './door.tsx'
import {
  CountingPage,
  DomainPage,
  EventsPage,
  ResponsiblePage,
  type Sent,
  settingsPath,
} from './pages/site_settings.tsx'
import { SharingPage } from './pages/site_settings_sharing.tsx'
import { NewSitePage, SitesPage } from './pages/sites.tsx'
import type { Audit } from './people/audit.ts'
import type { LinkRefusal, NewLink, ShareLinks } from './people/share_links.ts'
import { changeOf } from './people/site_change.ts'
import { changesIn, type Fields, FORMS, fieldsOf, formNamed, textOf, typedInto } from './site_forms.ts'

export interface SitesDeps {
  door: Door
  sites: Pick<Sites, 'add' | 'set'>
  shareLinks: Pick<ShareLinks, 'make' | 'withdraw' | 'ofSite'>
  audit: Pick<Audit, 'entry'>
  basePath: string
  /** Where the dashboard is, without basePath: share links lead there. */
  originOf: (c: Context) => string
}

export function createSitePages({ door, sites, shareLinks, audit, basePath, originOf }: SitesDeps): Hono {
  const app = new Hono()

  door.on(app, 'GET /sites', (c, { frame, person }) => door.page(c, <SitesPage frame={frame} person={person} />))

  door.on(app, 'GET /organizations/:organization/sites/new', (c, { frame, organization }) => {
    const given = { domain: '', timezone: 'UTC' }
    return door.page(c, <NewSitePage {...{ frame, organization, given }} refused={[]} />)
  })

  door.on(app, 'POST /organizations/:organization/sites/new', async (c, { frame, organization, actor }) => {
    const body = await c.req.parseBody()
    const given = { domain: textOf(body.domain), timezone: textOf(body.timezone) }
    const wanted = { domain: given.domain.trim().toLowerCase(), timezone: given.timezone.trim() }
    const entry = audit.entry({ organization: organization.id, actor, act: 'site added', site: wanted.domain })
    const answer = await sites.add({ ...wanted, organization: organization.id }, [entry])
    if ('refused' in answer) {
      return door.page(
        c,
        <NewSitePage
          {...{ frame, organization, given }}
          refused={answer.refused.map(door.words(c).settings.refused)}
        />,
        422,
      )
    }
    return c.redirect(`${basePath}/?${new URLSearchParams({ site: answer.site.domain })}`, 303)
  })

  door.on(app, 'GET /sites/:site/settings', (c, guest) => show(c, guest, ''))
  door.on(app, 'GET /sites/:site/settings/counting', (c, guest) => show(c, guest, '/counting'))
  door.on(app, 'GET /sites/:site/settings/events', (c, guest) => show(c, guest, '/events'))
  door.on(app, 'GET /sites/:site/settings/transparency', (c, guest) => show(c, guest, '/transparency'))
  door.on(app, 'GET /sites/:site/settings/sharing', (c, guest) => show(c, guest, '/sharing'))

  door.on(app, 'POST /sites/:site/settings', async (c, guest) => {
    const { site, actor } = guest
    const body = await c.req.parseBody()
    const form = formNamed(textOf(body.form))
    if (!form) return c.redirect(settingsPath({ basePath }, site, ''), 303)
    const typed = typedInto(form, body)
    const { settings } = door.words(c)
    const refuse = (refused: readonly string[]) => show(c, guest, FORMS[form].page, { sent: { form, refused }, typed })
    const changes = changesIn(typed)
    const startsAgain = form === 'rule' && (changes.k !== site.k || changes.profile !== site.profile)
    if (startsAgain && body.agreed !== 'on') return refuse([settings.notAgreed])
    const details = changeOf(site, changes)
    const entry = audit.entry({
      organization: site.organization,
      actor,
      act: 'site changed',
      site: changes.domain ?? site.domain,
      details,
    })
    const answer = await sites.set(site.domain, changes, [entry])
    if ('refused' in answer) return refuse(answer.refused.map(settings.refused))
    return c.redirect(`${settingsPath({ basePath }, answer.site, FORMS[form].page)}?saved=${form}#${form}`, 303)
  })

  door.on(app, 'POST /sites/:site/settings/sharing/links', async (c, guest) => {
    const { site, actor } = guest
    const body = await c.req.parseBody()
    const name = textOf(body.name).trim()
    const link: NewLink = { name, password: textOf(body.password), framed: body.framed === 'on' }
    const entry = audit.entry({ ...about(guest), actor, act: 'share link made', details: { name } })
    const answer = await shareLinks.make({ ...link, site: site.id }, [entry])
    if ('refused' in answer) return show(c, guest, '/sharing', { refused: { link, why: answer.refused } })
    const address = `${originOf(c)}${basePath}/share/${answer.secret}`
    return show(c, guest, '/sharing', { made: { address, withPassword: link.password !== '' } })
  })

  door.on(app, 'POST /sites/:site/settings/sharing/links/:link/withdraw', async (c, guest) => {
    const { site, actor } = guest
    const links = await shareLinks.ofSite(site.id)
    const link = links.find(({ id }) => id === c.req.param('link'))
    // Somebody may have been quicker: it is withdrawn all the same.
    if (link) {
      const details = { name: link.name }
      const entry = audit.entry({ ...about(guest), actor, act: 'share link withdrawn', details })
      await shareLinks.withdraw({ site: site.id, id: link.id }, [entry])
    }
    return c.redirect(`${settingsPath({ basePath }, site, '/sharing')}?saved=withdrawn#links`, 303)
  })

  interface Shown {
    sent?: Sent
    /** What stands in the fields instead of what is set. */
    typed?: Partial<Fields>
    made?: { address: string; withPassword: boolean }
    refused?: { link: NewLink; why: readonly LinkRefusal[] }
  }

  async function show(c: Context, { frame, site }: SiteGuest, page: FormPage, shown: Shown = {}) {
    const status = shown.refused || (shown.sent && 'refused' in shown.sent) ? 422 : 200
    const sent = shown.sent ?? savedIn(c.req.query('saved'))
    const form = { frame, site, sent, fields: { ...fieldsOf(site), ...shown.typed } }
    if (page === '') return door.page(c, <DomainPage {...form} />, status)
    if (page === '/counting') return door.page(c, <CountingPage {...form} />, status)
    if (page === '/events') return door.page(c, <EventsPage {...form} />, status)
    if (page === '/transparency') return door.page(c, <ResponsiblePage {...form} />, status)
    const links = await shareLinks.ofSite(site.id)
    const { made, refused } = shown
    return door.page(c, <SharingPage {...form} {...{ links, made, refused }} />, status)
  }

  return app
}

type FormPage = (typeof FORMS)[keyof typeof FORMS]['page']

/** What an audit entry says of where it was. */
export function about({ site }: Pick<SiteGuest, 'site'>): { organization: string; site: string } {
  return { organization: site.organization, site: site.domain }
}

/** From a closed list: nothing that stands in an address is repeated on the page. */
function savedIn(saved: string | undefined): Sent {
  if (saved === 'withdrawn') return { saved }
  const form = formNamed(saved ?? '')
  return form && { saved: form }
}
