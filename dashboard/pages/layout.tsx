// The frame of every page: head, brand, site switcher, footer. Used by all pages.
import type { Child, FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { may } from '../access.ts'
import type { Person } from '../door.tsx'
import { useWords } from '../languages/use_words.ts'
import { ShortcutsSheet } from './shortcuts.tsx'

/** No script at all, styles from here only: what a value brings along can at worst be read. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Of the pages that carry the dashboard's own script: it may run, and ask here for the page it is on. */
export const SCRIPT_POLICY = `${PAGE_POLICY}; script-src 'self'; connect-src 'self'`

export interface Frame {
  basePath: string
  /** Changes whenever the stylesheet does. */
  styleVersion: string
  /** Of the pages of a site's numbers; `isFirst` where the address names no site. */
  script?: { version: string; isFirst: boolean } | undefined
  /** Those that the reader may open. */
  sites: readonly Site[]
  /** Who is signed in. */
  person?: Person | undefined
  /** Where whoever sees less without an account signs in. */
  signIn?: string | undefined
  /** Every link stays below this, which stands after basePath: '/share/<secret>'. */
  below?: string | undefined
}

interface LayoutProps {
  frame: Frame
  title: string
  site?: Site | undefined
  /** Stands to the right of the brand. */
  tools?: Child
  children: Child
}

export const Layout: FC<LayoutProps> = ({ frame, title, site, tools, children }) => {
  const words = useWords()
  return (
    <html lang={words.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href={`${frame.basePath}/favicon.svg`} type="image/svg+xml" />
        <link rel="stylesheet" href={`${frame.basePath}/dashboard.css?v=${frame.styleVersion}`} />
        <Script frame={frame} site={site} />
      </head>
      <body>
        <div class="page">
          <header class="top">
            <div class="brand">
              <a href={homeOf(frame, site)} aria-label={site ? words.frame.home(site.domain) : 'Sundial'}>
                <Mark />
              </a>
              {site ? <SiteSwitcher frame={frame} site={site} /> : <span class="site">Sundial</span>}
            </div>
            {tools}
            {site && mayChange(frame, site) && (
              <a class="corner" href={`${frame.basePath}/sites/${encodeURIComponent(site.domain)}/settings`}>
                {words.frame.settings}
              </a>
            )}
            {frame.person && <AccountMenu frame={frame} person={frame.person} />}
            {frame.signIn && (
              <a class="corner" href={frame.signIn}>
                {words.frame.signIn}
              </a>
            )}
          </header>
          <main>{children}</main>
        </div>
        {frame.script && <ShortcutsSheet />}
      </body>
    </html>
  )
}

/** Where it may lead to another site it runs before anything is seen. */
const Script: FC<{ frame: Frame; site: Site | undefined }> = ({ frame, site }) => {
  if (!frame.script) return null
  const { version, isFirst } = frame.script
  const several = frame.sites.length > 1
  return (
    <script
      src={`${frame.basePath}/dashboard.js?v=${version}`}
      defer={!(several && isFirst)}
      data-site={several && !isFirst ? site?.domain : undefined}
      data-sites={several && isFirst ? frame.sites.map(({ domain }) => domain).join(' ') : undefined}
    />
  )
}

function homeOf({ basePath, below }: Frame, site: Site | undefined): string {
  if (below !== undefined) return `${basePath}${below}`
  return `${basePath}/${site ? `?${new URLSearchParams({ site: site.domain })}` : ''}`
}

/** Whether who is signed in may change the settings of a site. */
export function mayChange({ person }: Frame, { organization: owner }: Site): boolean {
  return person?.memberships.some(({ organization, role }) => organization.id === owner && may(role, 'sites')) ?? false
}

const SiteSwitcher: FC<{ frame: Frame; site: Site }> = ({ frame, site }) => {
  if (frame.sites.length < 2) return <h1 class="site">{site.domain}</h1>
  return (
    <details class="menu sites" name="menu">
      <summary>
        <h1 class="site">{site.domain}</h1>
      </summary>
      <ul>
        {frame.sites.map(({ domain }) => (
          <li>
            <a
              href={`${frame.basePath}/?${new URLSearchParams({ site: domain })}`}
              aria-current={domain === site.domain ? 'true' : undefined}
            >
              {domain}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

const AccountMenu: FC<{ frame: Frame; person: Person }> = ({ frame: { basePath }, person }) => {
  const { frame: words } = useWords()
  return (
    <details class="menu account" name="menu">
      <summary>{person.account.name}</summary>
      <ul>
        <li>
          <a href={`${basePath}/sites`} data-keys="g s">
            {words.sites}
          </a>
        </li>
        {person.memberships.map(({ organization: { id, name }, role }) => (
          <li>
            <a href={`${basePath}/organizations/${id}${may(role, 'people') ? '/people' : ''}`}>{name}</a>
          </li>
        ))}
        <li>
          <a href={`${basePath}/account`}>{words.yourAccount}</a>
        </li>
        <li>
          <form method="post" action={`${basePath}/sign-out`}>
            <button type="submit">{words.signOut}</button>
          </form>
        </li>
      </ul>
    </details>
  )
}

/** A gnomon and its shadow. */
export const Mark: FC = () => (
  <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <circle class="dial" cx="16" cy="16" r="14" />
    <path class="shadow" d="M16 16L25.5 22.5A11.5 11.5 0 0 0 27.5 16Z" />
    <path class="gnomon" d="M16 4.500V16H27.500" />
  </svg>
)

export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#f5b04a"/><path d="M16 16L25.500 22.500A11.500 11.500 0 0 0 27.500 16Z" fill="#7a3d06"/><path d="M16 4.500V16H27.500" fill="none" stroke="#3b1d03" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`
