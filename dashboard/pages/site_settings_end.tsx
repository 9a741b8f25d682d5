// The two acts on a site that cannot be undone, what they would reach, and the receipts of what was done. Rendered by
// site_ends.tsx.
import type { FC } from 'hono/jsx'
import type { Act, Stock } from '../../collector/ledger.ts'
import type { Site } from '../../collector/sites.ts'
import { plural, sayCount, sayDay, sayMoment } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Saved, SettingsFrame, settingsPath } from './site_settings.tsx'

export interface Reach {
  stock: Stock
  /** The last day of which something is there. */
  last: string | undefined
}

interface EndPageProps {
  frame: Frame
  site: Site
  /** What is there now; undefined where this dashboard may not look. */
  reach: Reach | undefined
  refused?: { act: 'anonymize' | 'delete'; why: readonly string[] } | undefined
  saved: string | undefined
  receipts: readonly Act[]
}

export const EndPage: FC<EndPageProps> = ({ frame, site, reach, refused, saved, receipts }) => (
  <SettingsFrame frame={frame} site={site} page="/end">
    <section class="panel setting" id="anonymize">
      <header>
        <h2>Anonymize now</h2>
        {saved && <Saved>{saved}</Saved>}
      </header>
      <p>
        All hours become days, all named counts become months, today’s included. What waits for its name is forgotten.
        Every total stays as it is. For visitors it is as if the anonymization period were over already.
      </p>
      <InReach reach={reach} />
      <Confirmed
        frame={frame}
        site={site}
        act="anonymize"
        button="Anonymize now"
        refused={refused?.act === 'anonymize' ? refused.why : []}
      />
    </section>
    <section class="panel setting" id="delete">
      <header>
        <h2>Delete the site</h2>
      </header>
      <p>
        The site goes with all that was ever counted of it, its settings and its share links. Its events count no more.
        Nothing of it can be read from then on. Only the receipt stays.
      </p>
      <InReach reach={reach} />
      <Confirmed
        frame={frame}
        site={site}
        act="delete"
        button="Delete the site"
        refused={refused?.act === 'delete' ? refused.why : []}
      />
    </section>
    <Receipts title="What was done" receipts={receipts} />
  </SettingsFrame>
)

const InReach: FC<{ reach: Reach | undefined }> = ({ reach }) => {
  if (!reach) {
    return (
      <p class="hint">
        How much that is cannot be shown now: the database does not answer, or this dashboard has no user there that may
        look.
      </p>
    )
  }
  const { hours, days, counts } = reach.stock
  if (hours.rows + days.rows + counts.rows === 0) return <p class="hint">Nothing is counted yet.</p>
  return (
    <p class="hint">
      {`Now there are ${plural(hours.rows, 'hour')}, ${plural(days.rows, 'day')} with ${plural(days.visits, 'visit')} and ${plural(counts.rows, 'attribute count')}`}
      {reach.last === undefined ? '.' : `, up to ${sayDay(reach.last)}.`}
    </p>
  )
}

interface ConfirmedProps {
  frame: Frame
  site: Site
  act: 'anonymize' | 'delete'
  button: string
  refused: readonly string[]
}

/** The domain, typed: nothing that cannot be undone goes by a slip. */
const Confirmed: FC<ConfirmedProps> = ({ frame, site, act, button, refused }) => (
  <form method="post" action={settingsPath(frame, site, `/${act}`)} class="form">
    <Refusals refused={refused} />
    <Field
      name="domain"
      label={`Type ${site.domain} to do it`}
      autocomplete="off"
      maxlength={253}
      hint="This cannot be undone."
    />
    <button class="button danger" type="submit">
      {button}
    </button>
  </form>
)

export const Receipts: FC<{ title: string; receipts: readonly Act[] }> = ({ title, receipts }) =>
  receipts.length === 0 ? null : (
    <section class="panel setting" id="receipts">
      <header>
        <h2>{title}</h2>
      </header>
      {receipts.map((receipt) => (
        <Receipt receipt={receipt} />
      ))}
    </section>
  )

const ROWS: readonly { what: string; of: (stock: Stock) => number }[] = [
  { what: 'Hours', of: ({ hours }) => hours.rows },
  { what: 'Days', of: ({ days }) => days.rows },
  { what: 'Attribute counts', of: ({ counts }) => counts.rows },
  { what: 'Visits', of: ({ days }) => days.visits },
  { what: 'Page views', of: ({ days }) => days.pageviews },
  { what: 'Engaged visits', of: ({ days }) => days.engaged },
  { what: 'Events', of: ({ days }) => days.events },
  { what: 'Sum of attribute counts', of: ({ counts }) => counts.n },
]

const Receipt: FC<{ receipt: Act }> = ({ receipt: { at, domain, action, details } }) => {
  const { counts, watermark } = details
  return (
    <table class="receipt">
      <caption>
        {`${domain} ${action}, ordered ${sayMoment(at)}`}
        {watermark === undefined ? '' : `, up to ${sayDay(watermark)}`}
      </caption>
      {counts && (
        <>
          <thead>
            <tr>
              <td />
              <th scope="col">Before</th>
              {counts.after && <th scope="col">After</th>}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ what, of }) => (
              <tr>
                <th scope="row">{what}</th>
                <td>{sayCount(of(counts.before))}</td>
                {counts.after && <td>{sayCount(of(counts.after))}</td>}
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  )
}

interface DeletedPageProps {
  frame: Frame
  domain: string
  receipts: readonly Act[]
  /** What is still to come. */
  sentence: string
}

export const DeletedPage: FC<DeletedPageProps> = ({ frame, domain, receipts, sentence }) => (
  <Layout frame={frame} title="Deleted · Sundial">
    <section class="panel setting done">
      <header>
        <h2>{`${domain} is deleted`}</h2>
      </header>
      <p>{sentence}</p>
      {receipts.map((receipt) => (
        <Receipt receipt={receipt} />
      ))}
      <p>
        <a class="button" href={`${frame.basePath}/sites`}>
          Go to your sites
        </a>
      </p>
    </section>
  </Layout>
)
