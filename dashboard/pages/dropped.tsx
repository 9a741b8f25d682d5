// What was not counted in a period, and why. Reached from the foot of a site's page.
import type { FC } from 'hono/jsx'
import { DROPPED, LIMITS, OTHER } from '../../collector/contract.ts'
import { PeriodPicker } from '../panels/period_picker.tsx'
import type { Dropped } from '../reports/dropped.ts'
import type { View } from '../view.ts'
import { sayCount, sayK } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

interface DroppedPageProps {
  frame: Frame
  view: View
  dropped: readonly Dropped[]
}

export const DroppedPage: FC<DroppedPageProps> = ({ frame, view, dropped }) => {
  const here: View = { ...view, link: (changes) => view.link(changes, '/dropped') }
  return (
    <Layout
      frame={frame}
      title={`Not counted · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={here} />}
    >
      <section class="panel">
        <header>
          <h2>Not counted</h2>
          <nav aria-label="Back">
            <a href={view.link({})}>Back to all panels</a>
          </nav>
        </header>
        {dropped.length === 0 ? <p class="none">Nothing to say of this period.</p> : <Reasons dropped={dropped} />}
        <footer>
          <span>
            {`These stand in no total. They are counted in ${sayK(view.site.k).many} like everything with a name, of one address at most ${LIMITS.requestsPerMinute} a minute, and never with the name of an agent. Who asked not to be counted is counted here neither.`}
          </span>
        </footer>
      </section>
    </Layout>
  )
}

const Reasons: FC<{ dropped: readonly Dropped[] }> = ({ dropped }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col">Times</th>
        <th scope="col" class="wide">
          By hour of the day
        </th>
      </tr>
    </thead>
    <tbody>
      {dropped.map(({ reason, n, hours }) => (
        <tr>
          <th scope="row">{sayReason(reason)}</th>
          <td>{sayCount(n)}</td>
          <td class="wide">{hours.map(({ hour, n }) => `${hour}:00 ${sayCount(n)}`).join(', ')}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

function sayReason(reason: string): string {
  if (reason === OTHER) return 'Other'
  const meaning = Object.entries(DROPPED).find(([name]) => name === reason)?.[1] ?? reason
  return meaning.charAt(0).toUpperCase() + meaning.slice(1)
}
