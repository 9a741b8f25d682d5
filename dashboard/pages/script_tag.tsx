// The tag a site owner copies into their pages. Used by the page of a site and the page of one without visits.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'

export const ScriptTag: FC<{ site: Site; scriptUrl: string }> = ({ site, scriptUrl }) => (
  <pre class="tag">
    <code>{`<script defer data-domain="${site.domain}" src="${scriptUrl}"></script>`}</code>
  </pre>
)
