// What was not counted in a period, and why. Reached from the foot of a site's page.
import type { FC } from 'hono/jsx'
import { DROPPED, OTHER } from '../../collector/contract.ts'
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
  const { one, many } = sayK(view.site.k)
  const here: View = { ...view, link: (changes) => view.link(changes, '/dropped') }
  return (
    <Layout
      frame={frame}
      title={`What was not counted · ${view.site.domain} · Sundial`}
      site={view.site}
      tools={<PeriodPicker view={here} />}
    >
      <section class="panel">
        <header>
          <h2>What was not counted</h2>
          <nav aria-label="Back">
            <a href={view.link({})}>Back to all panels</a>
          </nav>
        </header>
        {dropped.length === 0 ? (
          <p class="none">{`Nothing that was not counted came ${one} times in this period.`}</p>
        ) : (
          <Reasons dropped={dropped} />
        )}
        <footer>
          <span>
            {`This is in no total. It is counted in ${many} like everything with a name, of one address no more a minute than the collector takes, and never with the name of a robot. The hours add up to less: an hour shows once it came ${one} times after its reason was named. Who objected, by Global Privacy Control or Do Not Track, is not counted here either.`}
            {view.horizon && ' Without an account you see nothing here of the last days.'}
          </span>
        </footer>
      </section>
    </Layout>
  )
}

const Reasons: FC<{ dropped: readonly Dropped[] }> = ({ dropped }) => (
  <table class="reasons">
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col">Times</th>
        <th scope="col">By hour of the day</th>
      </tr>
    </thead>
    <tbody>
      {dropped.map(({ reason, n, hours }) => (
        <tr>
          <th scope="row">{sayReason(reason)}</th>
          <td>{sayCount(n)}</td>
          <td>
            {hours.map(({ hour, n }) => (
              <span>
                <small>{hour}:00</small> {sayCount(n)}
              </span>
            ))}
          </td>
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
