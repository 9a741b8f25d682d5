// The tag a site owner copies into their pages. Used by the page of a site and the page of one without visits.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'

export interface ScriptAddress {
  url: string
  /** It is where this page was asked for, which need not be where visitors' browsers reach the collector. */
  guessed: boolean
}

export const ScriptTag: FC<{ site: Site; script: ScriptAddress }> = ({ site, script: { url, guessed } }) => (
  <>
    <pre class="tag">
      <code>{`<script defer data-domain="${site.domain}" src="${url}"></script>`}</code>
    </pre>
    {guessed && (
      <p>
        Replace {new URL(url).origin} by the address at which your visitors reach this Sundial; with the setting{' '}
        <code>PUBLIC_URL</code> the tag names it.
      </p>
    )}
  </>
)
