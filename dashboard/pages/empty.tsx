// The page of a site for which nothing was counted yet: the tag to copy, and what happens then.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
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

export const EmptyPage: FC<EmptyPageProps> = ({ frame, site, script, demoUrl, droppedUrl }) => {
  const { tag: words, sayNaming } = useWords()
  return (
    <Layout frame={frame} title={`${site.domain} · Sundial`} site={site}>
      <section class="empty">
        <h2>{words.waiting}</h2>
        <p>
          {words.put(
            (text) => (
              <code>{text}</code>
            ),
            <b>{site.domain}</b>,
          )}
        </p>
        <ScriptTag site={site} script={script} />
        <p>{words.named(sayNaming(site, 1))}</p>
        <p>
          {words.missing((text) => (
            <a href={droppedUrl}>{text}</a>
          ))}
        </p>
        {demoUrl && (
          <p>
            <a class="button" href={demoUrl}>
              {words.openDemo}
            </a>
            <span class="hint">{words.demoCarries}</span>
          </p>
        )}
      </section>
    </Layout>
  )
}
