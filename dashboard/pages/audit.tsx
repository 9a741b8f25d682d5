// The audit log of an organization: who did what to which site when, a page at a time, and how long it is kept. Rendered
// by audit.tsx.
import type { FC } from 'hono/jsx'
import { capital } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import { ACTS, AUDIT_DAYS, type AuditFilter, type AuditRecord } from '../people/audit.ts'
import { sayAct, sayDetails } from '../people/audit_words.ts'
import type { Membership } from '../people/organizations.ts'
import { Field, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { OrganizationFrame, organizationPath } from './organization.tsx'
import { Saved } from './site_settings.tsx'

interface AuditPageProps {
  frame: Frame
  membership: Membership
  filter: AuditFilter
  records: readonly AuditRecord[]
  /** Domains that the log names. */
  domains: readonly string[]
  /** The id that the next page begins before. */
  older: number | undefined
  /** Whether this is not the first page. */
  isOlder: boolean
  refused: readonly string[]
  saved: boolean
}

export const AuditPage: FC<AuditPageProps> = (props) => {
  const { frame, membership, filter, records, older, isOlder } = props
  const { audit: words } = useWords()
  const path = organizationPath(frame, membership.organization, '/audit')
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/audit">
      <section class="panel setting">
        <header>
          <h2>{words.title}</h2>
          <p class="hint">
            <a href={`${path}.csv${queryOf(filter)}`}>CSV</a> · <a href={`${path}.json${queryOf(filter)}`}>JSON</a>
          </p>
        </header>
        <FilterForm {...props} path={path} />
        {records.length === 0 ? (
          <p class="none">{filter.act || filter.site ? words.nothingFits : words.nothingYet}</p>
        ) : (
          <ol class="log">
            {records.map((record) => (
              <Entry record={record} />
            ))}
          </ol>
        )}
        {(isOlder || older !== undefined) && (
          <nav class="turn" aria-label={words.turn}>
            {isOlder && <a href={`${path}${queryOf(filter)}`}>{words.newest}</a>}
            {older !== undefined && (
              <a href={`${path}${queryOf({ ...filter, before: String(older) })}`} rel="next">
                {words.older}
              </a>
            )}
          </nav>
        )}
      </section>
      <PeriodForm {...props} path={path} />
    </OrganizationFrame>
  )
}

const Entry: FC<{ record: AuditRecord }> = ({ record }) => {
  const words = useWords()
  const details = sayDetails(record, words)
  return (
    <li>
      <time datetime={record.at}>{words.sayMoment(record.at)}</time>
      <div>
        <p>
          <b>{capital(sayAct(record.act, words))}</b>
          {record.site && <span class="where">{record.site}</span>}
        </p>
        {details && <p>{details}</p>}
        <small>{record.who || capital(words.audit.who.gone)}</small>
      </div>
    </li>
  )
}

const FilterForm: FC<AuditPageProps & { path: string }> = ({ path, filter, domains }) => {
  const { audit: words } = useWords()
  return (
    <form method="get" action={path} class="sieve">
      <label>
        <span>{words.what}</span>
        <select name="act">
          <option value="">{words.anything}</option>
          {ACTS.map((act) => (
            <option value={act} selected={act === filter.act}>
              {words.acts[act]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.site}</span>
        <select name="site">
          <option value="">{words.anySite}</option>
          {domains.map((domain) => (
            <option value={domain} selected={domain === filter.site}>
              {domain}
            </option>
          ))}
        </select>
      </label>
      <button class="quiet" type="submit">
        {words.show}
      </button>
    </form>
  )
}

const PeriodForm: FC<AuditPageProps & { path: string }> = ({ path, membership, refused, saved }) => {
  const words = useWords().audit.period
  return (
    <section class="panel setting">
      <header>
        <h2>{words.title}</h2>
        {saved && <Saved />}
      </header>
      <form method="post" action={path} class="form">
        <Refusals refused={refused} />
        <Field
          name="days"
          label={words.days}
          type="number"
          value={String(membership.organization.auditDays)}
          hint={words.meaning(AUDIT_DAYS.least, AUDIT_DAYS.most)}
        />
        <button class="button" type="submit">
          {words.save}
        </button>
      </form>
    </section>
  )
}

function queryOf(fields: Record<string, string | undefined> | AuditFilter): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
