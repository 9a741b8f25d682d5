// What was not counted in a period, and why. Reached from the foot of a site's page.
import type { FC } from 'hono/jsx'
import { OTHER } from '../../collector/contract.ts'
import { capital } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import { PeriodPicker } from '../panels/period_picker.tsx'
import type { Dropped } from '../reports/dropped.ts'
import type { View } from '../view.ts'
import type { Words } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

interface DroppedPageProps {
  frame: Frame
  view: View
  dropped: readonly Dropped[]
}

export const DroppedPage: FC<DroppedPageProps> = ({ frame, view, dropped }) => {
  const { dropped: words, numbers } = useWords()
  const here: View = { ...view, link: (changes) => view.link(changes, '/dropped') }
  return (
    <Layout
      frame={frame}
      title={`${words.title} · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={here} />}
    >
      <section class="panel">
        <header>
          <h2>{words.title}</h2>
          <nav aria-label={numbers.back}>
            <a href={view.link({})}>{numbers.backToAll}</a>
          </nav>
        </header>
        {dropped.length === 0 ? <p class="none">{words.nothing(view.site.k)}</p> : <Reasons dropped={dropped} />}
        <footer>
          <span>
            {words.explained(view.site.k)}
            {view.horizon && ` ${words.outsider}`}
          </span>
        </footer>
      </section>
    </Layout>
  )
}

const Reasons: FC<{ dropped: readonly Dropped[] }> = ({ dropped }) => {
  const words = useWords()
  const { what, times, byHour } = words.dropped
  return (
    <table class="reasons">
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col">{times}</th>
          <th scope="col">{byHour}</th>
        </tr>
      </thead>
      <tbody>
        {dropped.map(({ reason, n, hours }) => (
          <tr>
            <th scope="row">{sayReason(reason, words)}</th>
            <td>{words.sayCount(n)}</td>
            <td>
              {hours.map(({ hour, n }) => (
                <span>
                  <small>{hour}:00</small> {words.sayCount(n)}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What has no words here is shown as it is kept. */
export function sayReason(reason: string, { declaration, general }: Words): string {
  if (reason === OTHER) return general.other
  const means = Object.entries(declaration.dropped).find(([name]) => name === reason)?.[1]
  return means === undefined ? reason : capital(means)
}
