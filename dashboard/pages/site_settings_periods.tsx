// The two periods of a site: what they are, what would go under shorter ones, and what has gone. Rendered by site_ends.tsx.
import type { FC } from 'hono/jsx'
import { PERIODS } from '../../collector/contract.ts'
import type { Act } from '../../collector/ledger.ts'
import type { Site } from '../../collector/sites.ts'
import type { MonthPreview } from '../../collector/stock.ts'
import { type Periods, sayGoing } from '../site_periods.ts'
import { SETTINGS } from '../site_words.ts'
import { sayMonth } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { Saved, SettingsFrame, settingsPath } from './site_settings.tsx'
import { Receipts } from './site_settings_end.tsx'
import { Tick } from './site_settings_fields.tsx'

export interface PeriodPlan {
  wanted: Periods
  shorter: Partial<Periods> | undefined
  longer: Partial<Periods> | undefined
  /** The months of which something goes at once; undefined where this dashboard may not look. */
  months: readonly MonthPreview[] | undefined
}

interface PeriodsPageProps {
  frame: Frame
  site: Site
  /** What stands in the fields. */
  typed: { anonymization: string; retention: string }
  refused: readonly string[]
  plan: PeriodPlan | undefined
  saved: string | undefined
  receipts: readonly Act[]
}

export const PeriodsPage: FC<PeriodsPageProps> = ({ frame, site, typed, refused, plan, saved, receipts }) => {
  const { anonymization, retention } = PERIODS
  return (
    <SettingsFrame frame={frame} site={site} page="/periods">
      <section class="panel setting">
        <header>
          <h2>How long what is kept</h2>
          {saved && <Saved>{saved}</Saved>}
        </header>
        <form method="get" action={settingsPath(frame, site, '/periods')} class="form">
          {!plan && <Refusals refused={refused} />}
          <Field
            name="anonymization"
            label={`${SETTINGS.anonymizationDays.label}, in days`}
            type="number"
            value={typed.anonymization}
            hint={`${SETTINGS.anonymizationDays.effect} ${anonymization.min} to ${anonymization.max} days.`}
          />
          <Field
            name="retention"
            label={`${SETTINGS.retentionDays.label}, in days`}
            type="number"
            value={typed.retention}
            hint={`${SETTINGS.retentionDays.effect} More than the anonymization period and ${retention.exceedsAnonymizationBy} days, at most ${retention.max} days.`}
          />
          <p class="hint">
            A shorter period holds for what was counted already, and cannot be taken back. A longer one holds only for
            what is counted from then on. Nothing changes before you have seen what goes.
          </p>
          <button class="button" type="submit">
            See what would change
          </button>
        </form>
      </section>
      {plan && <Plan frame={frame} site={site} plan={plan} refused={refused} />}
      <Receipts title="Periods that were shortened" receipts={receipts} />
    </SettingsFrame>
  )
}

const Plan: FC<{ frame: Frame; site: Site; plan: PeriodPlan; refused: readonly string[] }> = ({
  frame,
  site,
  plan: { wanted, shorter, longer, months },
  refused,
}) => {
  const shortens = shorter !== undefined
  return (
    <section class="panel setting" id="plan">
      <header>
        <h2>What would change</h2>
      </header>
      <ul class="plan">
        <Line what="Anonymization" from={site.anonymizationDays} to={wanted.anonymizationDays} />
        <Line what="Retention" from={site.retentionDays} to={wanted.retentionDays} />
      </ul>
      {longer && (
        <p class="hint">A longer period holds for what is counted from now on. What is there keeps its dates.</p>
      )}
      {shortens && <Goes months={months} />}
      <form method="post" action={settingsPath(frame, site, '/periods')} class="form">
        <Refusals refused={refused} />
        <input type="hidden" name="anonymization" value={String(wanted.anonymizationDays)} />
        <input type="hidden" name="retention" value={String(wanted.retentionDays)} />
        {shortens && <Tick name="agreed" label="This cannot be undone, and shall be done" required />}
        <button class={shortens ? 'button danger' : 'button'} type="submit">
          {shortens ? 'Shorten' : 'Change'}
        </button>
      </form>
    </section>
  )
}

const Line: FC<{ what: string; from: number; to: number }> = ({ what, from, to }) => (
  <li>{from === to ? `${what}: ${from} days, as now` : `${what}: ${from} days now, ${to} then`}</li>
)

const Goes: FC<{ months: PeriodPlan['months'] }> = ({ months }) => {
  if (!months) {
    return (
      <p class="hint">
        How much goes at once cannot be shown now: the database does not answer, or this dashboard has no user there
        that may look. Months that are past a shorter period go at once, the rest earlier than it would have.
      </p>
    )
  }
  if (months.length === 0) {
    return <p class="hint">Nothing goes at once. What is there goes earlier than it would have.</p>
  }
  return (
    <>
      <table class="going">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">What goes at once</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr>
              <th scope="row">{sayMonth(month.month)}</th>
              <td>{sayGoing(month)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">The rest goes earlier than it would have.</p>
    </>
  )
}
