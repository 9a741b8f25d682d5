// The page on which a visitor sees what their browser would send and what it would count. Its script, preview/preview.ts,
// does all of it in the browser; rendered by transparency.tsx.
import type { FC } from 'hono/jsx'
import type { PreviewSettings } from '../preview/preview.ts'
import { type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'

interface PreviewPageProps {
  frame: PublicFrame
  settings: PreviewSettings
}

export const PreviewPage: FC<PreviewPageProps> = ({ frame, settings }) => (
  <TransparencyFrame
    frame={frame}
    title={`What your browser would send to ${settings.site.domain}`}
    site={settings.site.domain}
    here="preview"
    script={`${frame.basePath}/transparency/-/preview.js`}
  >
    <section class="hero">
      <h1>What your browser would send now</h1>
      <p>
        Here runs the very script that the pages of {settings.site.domain} carry, with one difference: what it would
        send is shown instead. The counters come from the collector’s own code, and that runs in your browser too.{' '}
        <b>Nothing leaves your browser</b>: this page’s security policy forbids its scripts every connection.
      </p>
      <p>
        Stay here for ten seconds, or change to another tab and back: what would be sent then appears below as well.
      </p>
    </section>
    <noscript>
      <section class="panel">
        <h2>This page needs JavaScript</h2>
        <p>
          So does the counting: without JavaScript your browser sends nothing to this Sundial and is not counted.{' '}
          <a href={transparencyPath(frame, settings.site.domain)}>What is kept</a> can be read without.
        </p>
      </section>
    </noscript>
    <div id="preview" data-settings={JSON.stringify(settings)} />
    <p class="hint beyond">
      What this page cannot know: whether you have set <code>sundial_ignore</code> in this browser on the site, which
      then sends nothing, and how the site’s own tag is set. Shown is the plain script, which stores nothing on your
      device; with <code>data-session="tab"</code> it keeps engaged seconds and the first referrer in the tab until that
      is closed, and sends them on.
    </p>
  </TransparencyFrame>
)
