// Explains in plain words why names come in fives, days later, and months as a whole. Linked from the foot of every panel.
import type { FC } from 'hono/jsx'
import { type K, PROFILES } from '../../collector/contract.ts'
import { useWords } from '../languages/use_words.ts'
import { toPeriod, type View } from '../view.ts'
import { type Frame, Layout } from './layout.tsx'

export const FivesPage: FC<{ frame: Frame; view: View }> = ({ frame, view }) => {
  const { fives: words, numbers } = useWords()
  const { site, link } = view
  const { k, profile } = site
  const { strata, leaves } = PROFILES[profile]
  const to = (period: string) => (text: string) => <a href={link(toPeriod({ period }))}>{text}</a>
  return (
    <Layout frame={frame} title={`${words.title(k)} · ${site.domain} · Sundial`} site={site}>
      <article class="prose">
        <h2>{words.title(k)}</h2>
        <p>{words.totals(site.domain)}</p>
        <p>
          {words.named(k)}{' '}
          <a href={`${frame.basePath}/transparency/${encodeURIComponent(site.domain)}`}>{words.limits}</a>
        </p>

        <Example k={k} />
        <p>
          {words.freeText(k)}
          {strata !== undefined && ` ${words.kinds(strata.atLeast)}`}
        </p>

        <h3 id="dates">{words.dates.title}</h3>
        <p>{words.dates.sentences(k, leaves === 'at midnight')}</p>

        <h3 id="waiting">{words.waiting.title}</h3>
        <p>{words.waiting.sentences(k)}</p>

        <h3 id="pairs">{words.pairs.title}</h3>
        <p>{words.pairs.sentences(k)}</p>

        <h3 id="months">{words.months.title}</h3>
        <p>{words.months.sentences(site.anonymizationDays, site.retentionDays)}</p>

        <h3>{words.small.title}</h3>
        <p>{words.small.sentences(to('30d'), to('12mo'))}</p>
        <p>
          <a href={link({})}>{numbers.backToAll}</a>
        </p>
      </article>
    </Layout>
  )
}

const Example: FC<{ k: K }> = ({ k }) => {
  const { example: words } = useWords().fives
  const visits = 2 * k + Math.ceil(k / 2)
  return (
    <>
      <h3>{words.title}</h3>
      <p>{words.sentence(visits)}</p>
      <table class="steps">
        <thead>
          <tr>
            <th scope="col">{words.came}</th>
            <th scope="col">{words.written}</th>
            <th scope="col">{words.seen}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.upTo(1, k - 1)}</th>
            <td>{words.noName}</td>
            <td>{words.inTotals}</td>
          </tr>
          <tr>
            <th scope="row">{k}</th>
            <td>{words.theName(k)}</td>
            <td>{words.shown(k)}</td>
          </tr>
          <tr>
            <th scope="row">{words.upTo(k + 1, 2 * k - 1)}</th>
            <td>{words.nothingNew}</td>
            <td>{k}</td>
          </tr>
          <tr>
            <th scope="row">{2 * k}</th>
            <td>{words.more(k)}</td>
            <td>{2 * k}</td>
          </tr>
          <tr>
            <th scope="row">{visits}</th>
            <td>{words.nothingNew}</td>
            <td>{words.waiting(2 * k, visits - 2 * k)}</td>
          </tr>
        </tbody>
      </table>
    </>
  )
}
