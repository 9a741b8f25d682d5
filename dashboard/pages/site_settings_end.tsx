// The two acts on a site that cannot be undone, what they would reach, and the receipts of what was done. Rendered by
// site_ends.tsx.
import type { FC } from 'hono/jsx'
import type { Act, Stock } from '../../collector/ledger.ts'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
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

export const EndPage: FC<EndPageProps> = ({ frame, site, reach, refused, saved, receipts }) => {
  const { ends: words } = useWords()
  return (
    <SettingsFrame frame={frame} site={site} page="/end">
      <section class="panel setting" id="anonymize">
        <header>
          <h2>{words.anonymize.title}</h2>
          {saved && <Saved>{saved}</Saved>}
        </header>
        <p>{words.anonymize.lead}</p>
        <InReach reach={reach} />
        <Confirmed
          frame={frame}
          site={site}
          act="anonymize"
          refused={refused?.act === 'anonymize' ? refused.why : []}
        />
      </section>
      <section class="panel setting" id="delete">
        <header>
          <h2>{words.delete.title}</h2>
        </header>
        <p>{words.delete.lead}</p>
        <InReach reach={reach} />
        <Confirmed frame={frame} site={site} act="delete" refused={refused?.act === 'delete' ? refused.why : []} />
      </section>
      <Receipts title={words.receipts} receipts={receipts} />
    </SettingsFrame>
  )
}

const InReach: FC<{ reach: Reach | undefined }> = ({ reach }) => {
  const { ends: words } = useWords()
  if (!reach) return <p class="hint">{words.unseen}</p>
  const { hours, days, counts } = reach.stock
  const isEmpty = hours.rows + days.rows + counts.rows === 0
  return <p class="hint">{isEmpty ? words.nothingYet : words.reach(reach.stock, reach.last)}</p>
}

interface ConfirmedProps {
  frame: Frame
  site: Site
  act: 'anonymize' | 'delete'
  refused: readonly string[]
}

/** The domain, typed: nothing that cannot be undone goes by a slip. */
const Confirmed: FC<ConfirmedProps> = ({ frame, site, act, refused }) => {
  const { ends: words } = useWords()
  return (
    <form method="post" action={settingsPath(frame, site, `/${act}`)} class="form">
      <Refusals refused={refused} />
      <Field name="domain" label={words.typeIt(site.domain)} autocomplete="off" maxlength={253} hint={words.noUndo} />
      <button class="button danger" type="submit">
        {words[act].button}
      </button>
    </form>
  )
}

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

const ROWS = [
  ['hours', ({ hours }) => hours.rows],
  ['days', ({ days }) => days.rows],
  ['counts', ({ counts }) => counts.rows],
  ['visits', ({ days }) => days.visits],
  ['pageviews', ({ days }) => days.pageviews],
  ['engaged', ({ days }) => days.engaged],
  ['events', ({ days }) => days.events],
  ['sum', ({ counts }) => counts.n],
] as const satisfies readonly [string, (stock: Stock) => number][]

const Receipt: FC<{ receipt: Act }> = ({ receipt: { at, domain, action, details } }) => {
  const { ends: words, sayCount } = useWords()
  const { counts, watermark } = details
  return (
    <table class="receipt">
      <caption>{words.receipt({ domain, action, at, watermark })}</caption>
      {counts && (
        <>
          <thead>
            <tr>
              <td />
              <th scope="col">{words.before}</th>
              {counts.after && <th scope="col">{words.after}</th>}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(([row, of]) => (
              <tr>
                <th scope="row">{words.rows[row]}</th>
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

export const DeletedPage: FC<DeletedPageProps> = ({ frame, domain, receipts, sentence }) => {
  const { deleted: words } = useWords().ends
  return (
    <Layout frame={frame} title={`${words.title} · Sundial`}>
      <section class="panel setting done">
        <header>
          <h2>{words.heading(domain)}</h2>
        </header>
        <p>{sentence}</p>
        {receipts.map((receipt) => (
          <Receipt receipt={receipt} />
        ))}
        <p>
          <a class="button" href={`${frame.basePath}/sites`}>
            {words.next}
          </a>
        </p>
      </section>
    </Layout>
  )
}
