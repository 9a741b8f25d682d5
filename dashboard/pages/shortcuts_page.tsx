// The keyboard shortcuts as a page, for whoever opens the link where no script runs.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { type Frame, Layout } from './layout.tsx'
import { ShortcutList } from './shortcuts.tsx'

export const ShortcutsPage: FC<{ frame: Frame }> = ({ frame }) => {
  const { shortcuts: words } = useWords()
  return (
    <Layout frame={frame} title={`${words.title} · Sundial`}>
      <section class="panel sheet">
        <h1>{words.title}</h1>
        <p class="hint">{words.where}</p>
        <ShortcutList />
      </section>
    </Layout>
  )
}
