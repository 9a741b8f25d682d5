// The keyboard shortcuts as a page, for whoever opens the link where no script runs.
import type { FC } from 'hono/jsx'
import { type Frame, Layout } from './layout.tsx'
import { ShortcutList } from './shortcuts.tsx'

export const ShortcutsPage: FC<{ frame: Frame }> = ({ frame }) => (
  <Layout frame={frame} title="Keyboard shortcuts · Sundial">
    <section class="panel sheet">
      <h1>Keyboard shortcuts</h1>
      <p class="hint">
        On the pages of a site’s numbers, where scripts run. Everything they do is there as a link too.
      </p>
      <ShortcutList />
    </section>
  </Layout>
)
