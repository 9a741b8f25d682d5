// The door of the dashboard: mounts every route of access.ts behind what it asks for, and tells the handler who came and
// what they may. Unknown and foreign sites are the same 404, and whoever has not signed in is asked to, whatever there is.
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import type { Child } from 'hono/jsx'
import type { Site, Sites } from '../collector/sites.ts'
import { may, type Permission, POSTED_BY_MAIL, type ROUTES, type Route, ruleOf } from './access.ts'
import type { ReadClientScript } from './client_script.ts'
import { languageAccepted } from './languages/language.ts'
import { WordsContext } from './languages/use_words.ts'
import { type Frame, PAGE_POLICY, SCRIPT_POLICY } from './pages/layout.tsx'
import { ProblemPage } from './pages/problem.tsx'
import type { Actor } from './people/audit.ts'
import type { Account, Auth, Browser } from './people/auth.ts'
import type { Membership, Organization, Organizations } from './people/organizations.ts'
import type { OpenedLink, ShareLinks } from './people/share_links.ts'
import { readPass } from './share_pass.ts'
import { STYLE_VERSION } from './style.ts'
import { WORDS, type Words } from './words.ts'

export interface Person {
  account: Account
  memberships: readonly Membership[]
}

/** Whoever came in. */
export interface Guest {
  person: Person | undefined
  frame: Frame
}

export interface MemberGuest extends Guest {
  person: Person
  /** For the audit log. */
  actor: Actor
}

/** Somebody who may read a site. */
export interface ReaderGuest extends Guest {
  site: Site
  /** Belongs to the site's organization; everybody else is shown less, see reports/horizon.ts. */
  insider: boolean
  /** In the organization of the site; none for outsiders and for the first look without an owner. */
  membership: Membership | undefined
  /** What stands between basePath and the paths of the pages that they see: '' or '/share/<secret>'. */
  below: string
}

/** Somebody who has the address of a share link. */
export interface LinkGuest extends Guest {
  link: OpenedLink
  /** '/share/<secret>' */
  below: string
}

/** Somebody with a permission in the organization of a site. */
export interface SiteGuest extends MemberGuest {
  site: Site
  membership: Membership
}

/** Somebody with a permission in an organization. */
export interface OrganizationGuest extends MemberGuest {
  membership: Membership
  organization: Organization
}

type RuleOf<R extends Route> = (typeof ROUTES)[R]
export type GuestOf<R extends Route> =
  RuleOf<R> extends 'anybody'
    ? Guest
    : RuleOf<R> extends 'person'
      ? MemberGuest
      : RuleOf<R> extends 'readable' | 'shared'
        ? ReaderGuest
        : RuleOf<R> extends 'link'
          ? LinkGuest
          : RuleOf<R> extends { site: Permission }
            ? SiteGuest
            : OrganizationGuest
type Answer = Response | Promise<Response>
type Status = 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503

export interface Door {
  /** Mounts a route behind what access.ts says that it asks for. */
  on<R extends Route>(app: Hono, route: R, handle: (c: Context, guest: GuestOf<R>) => Answer): void
  /** In the language of the account, or the one that the browser prefers. */
  words(c: Context): Words
  /** A page with the headers of every page, in that language. */
  page(c: Context, content: Child, status?: Status): Answer
  /** A page for what could not be done, in a sentence. */
  problem(c: Context, guest: Pick<Guest, 'frame'>, problem: Problem): Answer
  /** What every app of the dashboard does with an error that nobody expected. */
  failure(c: Context, error: Error): Answer
  /** Who asks, when nothing is asked of them. */
  guest(c: Context): Promise<Guest>
  browser(c: Context): Browser
  /** Who has this site's numbers, for what is not a page. */
  reader(c: Context, domain: string): Promise<ReaderGuest | undefined>
}

interface Problem {
  status: Exclude<Status, 200>
  title: string
  sentence: string
  next?: { title: string; href: string }
}

export interface DoorDeps {
  auth: Pick<Auth, 'session'>
  organizations: Pick<Organizations, 'memberships' | 'hasOwner'>
  sites: Pick<Sites, 'fresh' | 'all' | 'byDomain'>
  shareLinks: Pick<ShareLinks, 'find'>
  /** The script of the pages of a site's numbers; without it they do without. */
  clientScript?: ReadClientScript | undefined
  /** '' or '/stats'. */
  basePath: string
  /** Whether the request came over TLS. */
  isSecure: (c: Context) => boolean
  /** Told about a page that could not be shown. */
  report: (problem: string, error: unknown) => void
  /** Whether, while nobody owns this Sundial yet, who asks may read its first site: at the machine itself. */
  mayTry: (c: Context) => boolean
}

export function createDoor(deps: DoorDeps): Door {
  const { auth, organizations, shareLinks, sites, basePath } = deps
  // A proxy that speaks TLS asks here without: the browser's origin is the one that it sees.
  const sameOrigin = csrf({
    origin: (origin, c) => origin === `${deps.isSecure(c) ? 'https' : 'http'}://${new URL(c.req.url).host}`,
  })
  const withinSize = bodyLimit({
    maxSize: LARGEST_FORM,
    onError: (c) => notTaken(c, 413, words(c).frame.formNotTaken.tooLarge(LARGEST_FORM / 1000)),
  })

  function browser(c: Context): Browser {
    return { cookie: c.req.header('cookie') ?? '', secure: deps.isSecure(c) }
  }

  async function guest(c: Context): Promise<Guest> {
    await sites.fresh()
    const session = await auth.session(browser(c))
    if (!session) return { person: undefined, frame: frame({ sites: [] }) }
    if (session.account.language) c.set(WORDS_OF, WORDS[session.account.language])
    for (const cookie of session.cookies) c.header('Set-Cookie', cookie, { append: true })
    const person = { account: session.account, memberships: await organizations.memberships(session.account.id) }
    return { person, frame: frame({ person, sites: readableBy(person) }) }
  }

  function words(c: Context): Words {
    const own: Words | undefined = c.get(WORDS_OF)
    return own ?? WORDS[languageAccepted(c)]
  }

  function page(c: Context, content: Child, status: Status = 200): Answer {
    const policy: unknown = c.get(POLICY)
    const framers: unknown = c.get(FRAMERS)
    const allowed = typeof policy === 'string' ? policy : PAGE_POLICY
    // Where it stands, X-Frame-Options does not count: https://www.w3.org/TR/CSP3/#frame-ancestors-and-frame-options
    const framed = typeof framers === 'string' ? allowed.replace(UNFRAMED, `frame-ancestors ${framers}`) : allowed
    const spoken = <WordsContext.Provider value={words(c)}>{content}</WordsContext.Provider>
    return c.html(`<!doctype html>${spoken}`, status, { 'Content-Security-Policy': framed })
  }

  function frame(who: Omit<Frame, 'basePath' | 'styleVersion'>): Frame {
    return { basePath, styleVersion: STYLE_VERSION, ...who }
  }

  /** Oldest first. */
  function readableBy(person: Person): Site[] {
    return living().filter((site) => membershipOf(person, site) !== undefined)
  }

  function living(): Site[] {
    return sites
      .all()
      .filter(({ closed }) => !closed)
      .toSorted((one, other) => one.id - other.id)
  }

  function siteNamed(domain: string): Site | undefined {
    const site = sites.byDomain(domain)
    return site?.closed ? undefined : site
  }

  /** The site named, or the first that this guest may read. */
  async function reading(c: Context, who: Guest, domain: string | undefined): Promise<ReaderGuest | undefined> {
    if (!who.person && deps.mayTry(c) && !(await organizations.hasOwner())) return trying(domain)
    const site = domain === undefined ? who.frame.sites[0] : siteNamed(domain)
    if (!site) return undefined
    const membership = who.person && membershipOf(who.person, site)
    if (membership) return { ...who, site, insider: true, membership, below: '' }
    if (!site.public) return undefined
    const invited = who.person ? who.frame : { ...who.frame, signIn: signInFor(c) }
    return { ...who, frame: invited, site, insider: false, membership: undefined, below: '' }
  }

  /** A first try needs no account; it is over when there is an owner. */
  function trying(domain: string | undefined): ReaderGuest | undefined {
    const [first] = living()
    if (!first || (domain !== undefined && domain !== first.domain)) return undefined
    const guest = { person: undefined, frame: frame({ sites: [first] }) }
    return { ...guest, site: first, insider: true, membership: undefined, below: '' }
  }

  /** Whoever has the address is an outsider, also where they are signed in: all who were given it see the same. */
  async function sharing(c: Context): Promise<(ReaderGuest & LinkGuest) | undefined> {
    const secret = c.req.param('token') ?? ''
    await sites.fresh()
    const link = await shareLinks.find(secret, readPass(c, deps.isSecure(c)))
    const site = living().find((site) => site.id === link?.site)
    if (!link || !site) return undefined
    if (link.framed) c.set(FRAMERS, framersOf(site))
    const below = `/share/${encodeURIComponent(secret)}`
    const guest = { person: undefined, frame: frame({ sites: [], below }) }
    return { ...guest, link, site, insider: false, membership: undefined, below }
  }

  /** And then back to what was asked for. */
  function askForPassword(c: Context, { below }: LinkGuest): Response {
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(`${basePath}${below}/password?${new URLSearchParams({ next: `${pathname}${search}` })}`, 303)
  }

  /** Undefined for a form as the pages here send them, of a size that people type. */
  async function unfit(c: Context, route: Route): Promise<Response | undefined> {
    if (!isPostedByMail(c, route)) {
      await sameOrigin(c, async () => {})
      const type = c.req.header('content-type')
      if (type !== undefined && !FORM.test(type)) return notTaken(c, 400, words(c).frame.formNotTaken.notFields)
    }
    return (await withinSize(c, async () => {})) ?? undefined
  }

  async function notTaken(c: Context, status: 400 | 403 | 413, sentence: string): Promise<Response> {
    const { title } = words(c).frame.formNotTaken
    return problem(c, { frame: frame({ sites: [] }) }, { status, title, sentence })
  }

  async function enter(
    c: Context,
    route: Route,
  ): Promise<Guest | ReaderGuest | LinkGuest | SiteGuest | OrganizationGuest | Response> {
    const rule = ruleOf(route)
    if (rule === 'shared' || rule === 'link') {
      const reader = await sharing(c)
      if (!reader) return nothing(c, { person: undefined, frame: frame({ sites: [] }) })
      if (rule === 'link') return reader
      return reader.link.locked ? askForPassword(c, reader) : scripted(c, reader)
    }
    const who = await guest(c)
    if (rule === 'anybody') return who
    if (rule === 'readable') {
      const reader = await reading(c, who, c.req.query('site') || undefined)
      if (reader) return scripted(c, reader)
      return who.person ? nothing(c, who) : askToSignIn(c)
    }
    if (!who.person) return askToSignIn(c)
    const { person } = who
    const member = { ...who, person, actor: { user: person.account.id } }
    if (rule === 'person') return member
    if ('site' in rule) {
      const site = siteNamed(c.req.param('site') ?? '')
      const membership = site && membershipOf(person, site)
      if (!site || !membership) return nothing(c, who)
      return may(membership.role, rule.site) ? { ...member, site, membership } : forbidden(c, who)
    }
    const membership = person.memberships.find(({ organization }) => organization.id === c.req.param('organization'))
    if (!membership) return nothing(c, who)
    const { organization } = membership
    return may(membership.role, rule.organization) ? { ...member, membership, organization } : forbidden(c, who)
  }

  /** These pages carry the script, so these alone let one run. */
  async function scripted(c: Context, reader: ReaderGuest): Promise<ReaderGuest> {
    const script = await deps.clientScript?.()
    if (!script) return reader
    c.set(POLICY, SCRIPT_POLICY)
    const isFirst = c.req.path === `${basePath}/` && !c.req.query('site')
    return { ...reader, frame: { ...reader.frame, script: { version: script.version, isFirst } } }
  }

  /** Back to the page that was asked for, after signing in; a form that was sent has no page. */
  function askToSignIn(c: Context): Response {
    return c.redirect(signInFor(c), 303)
  }

  function signInFor(c: Context): string {
    const { pathname, search } = new URL(c.req.url)
    const next = c.req.method === 'GET' ? `?${new URLSearchParams({ next: `${pathname}${search}` })}` : ''
    return `${basePath}/sign-in${next}`
  }

  async function nothing(c: Context, who: Guest): Promise<Response> {
    if (
      who.person &&
      who.frame.sites.length === 0 &&
      c.req.query('site') === undefined &&
      c.req.path === `${basePath}/`
    )
      return c.redirect(`${basePath}/sites`, 303)
    return problem(c, who, { status: 404, ...words(c).frame.nothingHere })
  }

  async function forbidden(c: Context, who: Guest): Promise<Response> {
    return problem(c, who, { status: 403, ...words(c).frame.notYours })
  }

  function problem(c: Context, { frame }: Pick<Guest, 'frame'>, { status, title, sentence, next }: Problem): Answer {
    const start = { title: words(c).frame.openDashboard, href: `${basePath}/` }
    return page(c, <ProblemPage frame={frame} title={title} sentence={sentence} next={next ?? start} />, status)
  }

  function failure(c: Context, error: Error): Answer {
    const who = { frame: frame({ sites: [] }) }
    if (error instanceof HTTPException) return notTaken(c, 403, words(c).frame.formNotTaken.fromElsewhere)
    deps.report('a dashboard page could not be shown', error)
    return problem(c, who, { status: 503, ...words(c).frame.failure })
  }

  return {
    on(app, route, handle) {
      const [method, path] = split(route)
      app.on(method, path, async (c) => {
        const refused = method === 'POST' && (await unfit(c, route))
        if (refused) return refused
        const entered = await enter(c, route)
        // The rule decides what `enter` answers; the type of the handler says the same thing once more.
        const answer = entered instanceof Response ? entered : await handle(c, entered as GuestOf<typeof route>)
        // What is kept on the way for everybody must not bring along the session of who happened to ask.
        if (answer.headers.get('cache-control')?.includes('public')) answer.headers.delete('set-cookie')
        return answer
      })
    },
    words,
    page,
    problem,
    failure,
    guest,
    browser,
    async reader(c, domain) {
      return reading(c, await guest(c), domain)
    },
  }
}

const LARGEST_FORM = 100_000
const FORM = /^application\/x-www-form-urlencoded(?:;|$)/i

/** Browsers say where a form comes from; mail services are none, and their requests carry no session. */
function isPostedByMail(c: Context, route: Route): boolean {
  const marks = ['origin', 'sec-fetch-site', 'cookie']
  return route === POSTED_BY_MAIL && marks.every((name) => c.req.header(name) === undefined)
}

function split(route: Route): [method: 'GET' | 'POST', path: string] {
  const [method, path = ''] = route.split(' ', 2)
  return [method === 'POST' ? 'POST' : 'GET', path]
}

/** What makes somebody an insider of a site. */
function membershipOf({ memberships }: Person, site: Site): Membership | undefined {
  return memberships.find(
    ({ organization, sites }) =>
      organization.id === site.organization && (sites === undefined || sites.includes(site.id)),
  )
}

/** The site's own pages, at whichever port. */
function framersOf({ hosts }: Site): string {
  return hosts.map((host) => `${host}:*`).join(' ')
}

const UNFRAMED = "frame-ancestors 'none'"
/** Where the request's context keeps who may frame its page. */
const FRAMERS = 'framers'

/** Where the request's context keeps the words of who is signed in. */
const WORDS_OF = 'words'

/** Where the request's context keeps another policy than that of every page. */
const POLICY = 'policy'
