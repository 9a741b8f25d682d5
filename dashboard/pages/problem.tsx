// The page for what could not be shown: a period that makes no sense, an unknown site, counts that do not answer.
import type { FC } from 'hono/jsx'
import { type Frame, Layout } from './layout.tsx'

interface ProblemPageProps {
  frame: Frame
  title: string
  sentence: string
  /** Where to go on. */
  next: { title: string; href: string }
}

export const ProblemPage: FC<ProblemPageProps> = ({ frame, title, sentence, next }) => (
  <Layout frame={frame} title={`${title} · Sundial`}>
    <section class="empty">
      <h1>{title}</h1>
      <p>{sentence}</p>
      <p>
        <a class="button" href={next.href}>
          {next.title}
        </a>
      </p>
    </section>
  </Layout>
)
