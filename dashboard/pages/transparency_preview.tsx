// The page on which a visitor sees what their browser would send and what it would count. Its script, preview/preview.ts,
// does all of it in the browser; rendered by transparency.tsx.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { PreviewSettings } from '../preview/preview.ts'
import { type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'

interface PreviewPageProps {
  frame: PublicFrame
  settings: PreviewSettings
}

export const PreviewPage: FC<PreviewPageProps> = ({ frame, settings }) => {
  const { preview: words } = useWords().transparency
  const { domain } = settings.site
  return (
    <TransparencyFrame
      frame={frame}
      title={words.title(domain)}
      site={domain}
      here="preview"
      script={`${frame.basePath}/transparency/-/preview.js`}
    >
      <section class="hero">
        <h1>{words.heading}</h1>
        <p>
          {words.lead(domain, (text) => (
            <b>{text}</b>
          ))}
        </p>
        <p>{words.wait}</p>
      </section>
      <noscript>
        <section class="panel">
          <h2>{words.noScript}</h2>
          <p>
            {words.soDoesCounting((text) => (
              <a href={transparencyPath(frame, domain)}>{text}</a>
            ))}
          </p>
        </section>
      </noscript>
      <div id="preview" data-settings={JSON.stringify(settings)} />
      <p class="hint beyond">
        {words.unknown((text) => (
          <code>{text}</code>
        ))}
      </p>
    </TransparencyFrame>
  )
}
