// The tag a site owner copies into their pages, and what visitors can read about it. Used by the page of a site and the
// page of one without visits.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'

export interface ScriptAddress {
  url: string
  /** It is where this page was asked for, which need not be where visitors' browsers reach the collector. */
  guessed: boolean
}

export const ScriptTag: FC<{ site: Site; script: ScriptAddress }> = ({ site, script }) => (
  <>
    <pre class="tag">
      <code>{tagOf(site, script)}</code>
    </pre>
    {script.guessed && (
      <p>
        Replace {new URL(script.url).origin} by the address at which your visitors reach this Sundial; with the setting{' '}
        <code>PUBLIC_URL</code> the tag names it.
      </p>
    )}
    <p>
      Link from your privacy notice <a href={transparency(site)}>what {site.domain} keeps of a visit</a>, a page that is
      open to everybody. For your own files there is a <a href={`${transparency(site)}/record`}>record of processing</a>{' '}
      (Article 30 GDPR) to print.
    </p>
  </>
)

export function tagOf({ domain }: Pick<Site, 'domain'>, { url }: Pick<ScriptAddress, 'url'>): string {
  return `<script defer data-domain="${domain}" src="${url}"></script>`
}

/** Beside the pages that show the tag, whatever stands before their paths. */
function transparency(site: Site): string {
  return `transparency/${encodeURIComponent(site.domain)}`
}
