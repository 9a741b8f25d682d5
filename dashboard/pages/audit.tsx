// The audit log of an organization: who did what to which site when, a page at a time, and how long it is kept. Rendered
// by audit.tsx.
import type { FC } from 'hono/jsx'
import { ACTS, AUDIT_DAYS, type AuditFilter, type AuditRecord } from '../people/audit.ts'
import { GONE, sayDetails } from '../people/audit_words.ts'
import type { Membership } from '../people/organizations.ts'
import { sayMoment } from '../words.ts'
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
  const path = organizationPath(frame, membership.organization, '/audit')
  return (
    <OrganizationFrame frame={frame} membership={membership} page="/audit">
      <section class="panel setting">
        <header>
          <h2>Audit log</h2>
          <p class="hint">
            <a href={`${path}.csv${queryOf(filter)}`}>CSV</a> · <a href={`${path}.json${queryOf(filter)}`}>JSON</a>
          </p>
        </header>
        <FilterForm {...props} path={path} />
        {records.length === 0 ? (
          <p class="none">Nothing{filter.act || filter.site ? ' that fits this choice' : ' yet'}.</p>
        ) : (
          <ol class="log">
            {records.map((record) => (
              <Entry record={record} />
            ))}
          </ol>
        )}
        {(isOlder || older !== undefined) && (
          <nav class="turn" aria-label="Pages of the log">
            {isOlder && <a href={`${path}${queryOf(filter)}`}>Newest</a>}
            {older !== undefined && (
              <a href={`${path}${queryOf({ ...filter, before: String(older) })}`} rel="next">
                Older
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
  const details = sayDetails(record)
  return (
    <li>
      <time datetime={record.at}>{sayMoment(record.at)}</time>
      <div>
        <p>
          <b>{sentence(record.act)}</b>
          {record.site && <span class="where">{record.site}</span>}
        </p>
        {details && <p>{details}</p>}
        <small>{record.who || sentence(GONE)}</small>
      </div>
    </li>
  )
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const FilterForm: FC<AuditPageProps & { path: string }> = ({ path, filter, domains }) => (
  <form method="get" action={path} class="sieve">
    <label>
      <span>What</span>
      <select name="act">
        <option value="">everything</option>
        {ACTS.map((act) => (
          <option value={act} selected={act === filter.act}>
            {act}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span>Site</span>
      <select name="site">
        <option value="">all of them</option>
        {domains.map((domain) => (
          <option value={domain} selected={domain === filter.site}>
            {domain}
          </option>
        ))}
      </select>
    </label>
    <button class="quiet" type="submit">
      Show
    </button>
  </form>
)

const PeriodForm: FC<AuditPageProps & { path: string }> = ({ path, membership, refused, saved }) => (
  <section class="panel setting">
    <header>
      <h2>How long it is kept</h2>
      {saved && <Saved />}
    </header>
    <form method="post" action={path} class="form">
      <Refusals refused={refused} />
      <Field
        name="days"
        label="Days"
        type="number"
        value={String(membership.organization.auditDays)}
        hint={`From ${AUDIT_DAYS.least} to ${AUDIT_DAYS.most}. Entries that are older go within the hour, also those that are there now. Nobody can change an entry or take one away before.`}
      />
      <button class="button" type="submit">
        Save
      </button>
    </form>
  </section>
)

function queryOf(fields: Record<string, string | undefined> | AuditFilter): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
