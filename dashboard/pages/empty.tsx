// The page of a site for which nothing was counted yet: the tag to copy, and what happens then.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { sayNaming } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'
import { type ScriptAddress, ScriptTag } from './script_tag.tsx'

interface EmptyPageProps {
  frame: Frame
  site: Site
  script: ScriptAddress
  demoUrl: string | undefined
  /** Address of the page that says what was not counted. */
  droppedUrl: string
}

export const EmptyPage: FC<EmptyPageProps> = ({ frame, site, script, demoUrl, droppedUrl }) => (
  <Layout frame={frame} title={`${site.domain} · Sundial`} site={site}>
    <section class="empty">
      <h2>Waiting for the first visit</h2>
      <p>
        Put this tag into the <code>&lt;head&gt;</code> of every page of <b>{site.domain}</b>:
      </p>
      <ScriptTag site={site} script={script} />
      <p>
        A visit shows here within seconds, as a number. Pages, sources and countries show by name later:{' '}
        {sayNaming(site, 1)}. Before it came that often nothing readable of it is written.
      </p>
      <p>
        No visit shows though the tag is there? See <a href={droppedUrl}>what was not counted, and why</a>.
      </p>
      {demoUrl && (
        <p>
          <a class="button" href={demoUrl}>
            Open the demo site
          </a>
          <span class="hint">It carries the tag already.</span>
        </p>
      )}
    </section>
  </Layout>
)
