// Explains in plain words why names come in fives, days later, and months as a whole. Linked from the foot of every panel.
import type { FC } from 'hono/jsx'
import { PROFILES } from '../../collector/contract.ts'
import type { View } from '../view.ts'
import { sayK } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'

export const FivesPage: FC<{ frame: Frame; view: View }> = ({ frame, view }) => {
  const { site, link } = view
  const { k, profile } = site
  const { one, many, ordinal, twice } = sayK(k)
  const { strata, leaves } = PROFILES[profile]
  const example = 2 * k + Math.ceil(k / 2)
  return (
    <Layout frame={frame} title={`Counting in ${many} · ${site.domain} · Sundial`} site={site}>
      <article class="prose">
        <h2>{`Counting in ${many}`}</h2>
        <p>
          {`The totals of ${site.domain} are exact: visits, page views, engaged visits and events by day, and visits by the hour. They carry no attribute: an hour in which one visit came shows that one visit came, and nothing about it.`}
        </p>
        <p>
          {`Whatever has a name (a page, a source, a country, an event) is written only in whole ${many}. Every such number, and every difference of two of them, is a multiple of ${k}: no single visit can be worked out by subtracting. ${capital(many)} are visits or views, not people: one person can be all ${one}. `}
          <a href={`${frame.basePath}/transparency/${encodeURIComponent(site.domain)}`}>
            What is kept, and the honest limits
          </a>
        </p>

        <h3>An example</h3>
        <p>{`Say ${example} visits of a month came from one source.`}</p>
        <table class="steps">
          <thead>
            <tr>
              <th scope="col">Visits that came</th>
              <th scope="col">What is written</th>
              <th scope="col">What you see</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{`1 to ${k - 1}`}</th>
              <td>no name anywhere</td>
              <td>visits in the totals, “not named yet”</td>
            </tr>
            <tr>
              <th scope="row">{k}</th>
              <td>{`the name, with ${k}`}</td>
              <td>{`the name with ${k}, once ${one} more visits have come to the site`}</td>
            </tr>
            <tr>
              <th scope="row">{`${k + 1} to ${2 * k - 1}`}</th>
              <td>nothing new</td>
              <td>{k}</td>
            </tr>
            <tr>
              <th scope="row">{2 * k}</th>
              <td>{`${k} more`}</td>
              <td>{2 * k}</td>
            </tr>
            <tr>
              <th scope="row">{example}</th>
              <td>nothing new</td>
              <td>{`${2 * k}, and ${example - 2 * k} wait until the month ends`}</td>
            </tr>
          </tbody>
        </table>
        <p>
          {`Campaigns, event properties and sources that are a link’s own words need ${twice} before they are named: such a text can carry more of a person.`}
          {strata !== undefined &&
            ` This site also asks that visits of at least ${strata.atLeast} kinds came, by country and browser family.`}
        </p>

        <h3 id="dates">Why a name comes later than its visits</h3>
        <p>
          {`A count carries the day on which the last of its ${one} came. So on a single day a source may show ${k} though only one of them came that day; over a week or a month that evens out. It is shown `}
          {leaves === 'at midnight'
            ? `after midnight, once ${one} more visits have come`
            : `once ${one} more visits have come`}
          {`, so that nobody who watches can tell which visit was the ${ordinal}.`}
        </p>

        <h3 id="waiting">What becomes of the rest</h3>
        <p>
          {`“7 visits are not named yet” is the difference between the exact total and what has a name. When the month ends, what still waits loses its text and joins “Too rare to be named”, itself in ${many}. What does not fill ${one} even then carries over, without a text.`}
        </p>

        <h3 id="pairs">Filters</h3>
        <p>
          {`A filter shows two things together, such as the countries of one source. Only some pairs are counted, each in ${many} and only once both have a name. So the numbers under a filter are lower than they would be, and some panels have nothing to say there.`}
        </p>

        <h3 id="months">Older months</h3>
        <p>
          {`${site.anonymizationDays} days after a month has ended its hours become days, and the days of everything with a name become one month. From then on such a month shows its names only in periods that cover all of it. ${site.retentionDays} days after the month began all of it is gone.`}
        </p>

        <h3>Small sites</h3>
        <p>
          {`On a site with few visits most names wait, and show as the month goes on. A longer period shows more of them: `}
          <a href={link({ period: '30d', date: undefined, from: undefined, to: undefined })}>30 days</a>
          {' or '}
          <a href={link({ period: '12mo', date: undefined, from: undefined, to: undefined })}>12 months</a>.
        </p>
        <p>
          <a href={link({})}>Back to all panels</a>
        </p>
      </article>
    </Layout>
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
