// What every page of the demo site shares: head with the script tag, the note what this is, navigation, foot.
import type { Child, FC } from 'hono/jsx'
import { FIRST_SITE } from '../first_site.ts'

export interface SiteFrame {
  /** Path of the site, '/demo'. */
  root: string
  /** Address of this site's dashboard. */
  dashboard: string
  /** Address of the tracker. */
  scriptPath: string
}

interface FrameProps {
  frame: SiteFrame
  title: string
  /** Path below the root, to mark the place in the navigation. */
  here?: string
  /** The page's own script. */
  client?: string
  children: Child
}

const PLACES = [
  ['/pricing', 'Pricing'],
  ['/docs', 'Docs'],
  ['/blog', 'Blog'],
  ['/about', 'About'],
] as const

/** Calls to sundial() before the tracker has loaded wait here. Any page that sends custom events has this line. */
export const STUB = 'window.sundial=window.sundial||function(){(sundial.q=sundial.q||[]).push(arguments)}'

export const Frame: FC<FrameProps> = ({ frame, title, here, client, children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>{title} · Gnomon</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={`${frame.root}/site.css`} />
      {/* Ours, and a constant: nothing of a request gets in here. */}
      <script dangerouslySetInnerHTML={{ __html: STUB }} />
      <script defer data-domain={FIRST_SITE} src={frame.scriptPath} />
      {client && <script defer src={client} />}
    </head>
    <body>
      <aside class="note">
        An example site that carries Sundial’s script: click around, reload, sign up.{' '}
        <a href={frame.dashboard}>Then see what is counted</a>
      </aside>
      <header>
        <a class="brand" href={frame.root}>
          <i aria-hidden="true" />
          Gnomon
        </a>
        <nav aria-label="Site">
          {PLACES.map(([path, label]) => (
            <a href={`${frame.root}${path}`} {...(here === path ? { 'aria-current': 'page' } : {})}>
              {label}
            </a>
          ))}
        </nav>
      </header>
      <main>{children}</main>
      <footer>
        <span>Gnomon is made up. The page views are not.</span>
        <a href={`${frame.root}/signup`}>Sign up</a>
      </footer>
    </body>
  </html>
)
