// The two periods of a site: what they are, what would go under shorter ones, and what has gone. Rendered by site_ends.tsx.
import type { FC } from 'hono/jsx'
import { PERIODS } from '../../collector/contract.ts'
import type { Act } from '../../collector/ledger.ts'
import type { Site } from '../../collector/sites.ts'
import type { MonthPreview } from '../../collector/stock.ts'
import { useWords } from '../languages/use_words.ts'
import type { Periods } from '../site_periods.ts'
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
  const { periods: words, settings } = useWords()
  const { anonymization, retention } = PERIODS
  return (
    <SettingsFrame frame={frame} site={site} page="/periods">
      <section class="panel setting">
        <header>
          <h2>{words.title}</h2>
          {saved && <Saved>{saved}</Saved>}
        </header>
        <form method="get" action={settingsPath(frame, site, '/periods')} class="form">
          {!plan && <Refusals refused={refused} />}
          <Field
            name="anonymization"
            label={words.inDays.anonymizationDays}
            type="number"
            value={typed.anonymization}
            hint={`${settings.of.anonymizationDays.effect} ${words.bounds.anonymizationDays(anonymization.min, anonymization.max)}`}
          />
          <Field
            name="retention"
            label={words.inDays.retentionDays}
            type="number"
            value={typed.retention}
            hint={`${settings.of.retentionDays.effect} ${words.bounds.retentionDays(retention.exceedsAnonymizationBy, retention.max)}`}
          />
          <p class="hint">{words.lead}</p>
          <button class="button" type="submit">
            {words.see}
          </button>
        </form>
      </section>
      {plan && <Plan frame={frame} site={site} plan={plan} refused={refused} />}
      <Receipts title={words.shortened} receipts={receipts} />
    </SettingsFrame>
  )
}

const Plan: FC<{ frame: Frame; site: Site; plan: PeriodPlan; refused: readonly string[] }> = ({
  frame,
  site,
  plan: { wanted, shorter, longer, months },
  refused,
}) => {
  const { periods: words } = useWords()
  const shortens = shorter !== undefined
  return (
    <section class="panel setting" id="plan">
      <header>
        <h2>{words.plan}</h2>
      </header>
      <ul class="plan">
        <li>{words.change.anonymizationDays(site.anonymizationDays, wanted.anonymizationDays)}</li>
        <li>{words.change.retentionDays(site.retentionDays, wanted.retentionDays)}</li>
      </ul>
      {longer && <p class="hint">{words.longer}</p>}
      {shortens && <Goes months={months} />}
      <form method="post" action={settingsPath(frame, site, '/periods')} class="form">
        <Refusals refused={refused} />
        <input type="hidden" name="anonymization" value={String(wanted.anonymizationDays)} />
        <input type="hidden" name="retention" value={String(wanted.retentionDays)} />
        {shortens && <Tick name="agreed" label={words.agreed} required />}
        <button class={shortens ? 'button danger' : 'button'} type="submit">
          {shortens ? words.shorten : words.lengthen}
        </button>
      </form>
    </section>
  )
}

const Goes: FC<{ months: PeriodPlan['months'] }> = ({ months }) => {
  const { periods: words, sayMonth } = useWords()
  if (!months) return <p class="hint">{words.unseen}</p>
  if (months.length === 0) return <p class="hint">{words.nothingGoes}</p>
  return (
    <>
      <table class="going">
        <thead>
          <tr>
            <th scope="col">{words.month}</th>
            <th scope="col">{words.goes}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr>
              <th scope="row">{sayMonth(month.month)}</th>
              <td>{words.going(month)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{words.theRest}</p>
    </>
  )
}
