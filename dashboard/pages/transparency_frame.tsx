// The frame of the public pages about a site: no other site is named, and everything they load lies beside them. In the
// language that the browser prefers: transparency.tsx provides its words.
import type { Child, FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { FAVICON, Mark } from './layout.tsx'

export interface PublicFrame {
  basePath: string
  /** Changes whenever the stylesheet does. */
  version: string
}

/** The address of a site's page: '', '.json', '/preview' or '/record' of it. */
export function transparencyPath({ basePath }: Pick<PublicFrame, 'basePath'>, site: string, page = ''): string {
  return `${basePath}/transparency/${encodeURIComponent(site)}${page}`
}

/** Within the page, because the preview's policy lets it fetch no image. */
const ICON = `data:image/svg+xml,${encodeURIComponent(FAVICON)}`

interface TransparencyFrameProps {
  frame: PublicFrame
  title: string
  /** None on the page that says that there is none. */
  site?: string
  here?: 'page' | 'preview'
  children: Child
  /** Runs after the page is there. */
  script?: string
}

export const TransparencyFrame: FC<TransparencyFrameProps> = ({ frame, title, site, here, children, script }) => {
  const { language } = useWords()
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {here !== 'page' && <meta name="robots" content="noindex" />}
        <title>{title}</title>
        <link rel="icon" href={ICON} type="image/svg+xml" />
        <link rel="stylesheet" href={`${frame.basePath}/transparency/-/style.css?v=${frame.version}`} />
        {script && <script defer src={script} />}
      </head>
      <body>
        <div class="page open">
          <header class="top">
            <div class="brand">
              <Mark />
              <span class="site">{site ?? 'Sundial'}</span>
            </div>
            {site !== undefined && here !== undefined && <Links frame={frame} site={site} here={here} />}
          </header>
          <main>{children}</main>
        </div>
      </body>
    </html>
  )
}

const Links: FC<{ frame: PublicFrame; site: string; here: 'page' | 'preview' }> = ({ frame, site, here }) => {
  const { links } = useWords().transparency
  return (
    <nav class="choices" aria-label={links.name}>
      <a href={transparencyPath(frame, site)} aria-current={here === 'page' ? 'page' : undefined}>
        {links.page}
      </a>
      <a href={transparencyPath(frame, site, '/preview')} aria-current={here === 'preview' ? 'page' : undefined}>
        {links.preview}
      </a>
      <a href={transparencyPath(frame, site, '.json')}>JSON</a>
    </nav>
  )
}

/** One line for each. */
export const Lines: FC<{ of: readonly string[] }> = ({ of }) => (
  <ul class="list">
    {of.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

/** For a site that is not there, and for an address below it that is not. */
export const NothingHere: FC<{ frame: PublicFrame }> = ({ frame }) => {
  const { title, sentence } = useWords().frame.noSuchPage
  return (
    <TransparencyFrame frame={frame} title={title}>
      <section class="empty">
        <h1>{title}</h1>
        <p>{sentence}</p>
      </section>
    </TransparencyFrame>
  )
}
