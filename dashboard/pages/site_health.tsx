// Whether a site's visits arrive: what came in the last hours, what was not counted, the look at its own page, and what the
// reader's own browser objects to. Rendered by site_health.tsx.
import type { FC } from 'hono/jsx'
import { DROPPED, OTHER } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Finding, InstallCheck } from '../install_check.ts'
import type { Dropped } from '../reports/dropped.ts'
import { hour, plural, sayCount, sayK } from '../words.ts'
import { type Frame, Layout } from './layout.tsx'
import { type ScriptAddress, tagOf } from './script_tag.tsx'

export interface Coming {
  /** Whether anything was counted ever. */
  everCounted: boolean
  /** Site-local hours, the one that runs first. */
  hours: readonly { day: string; hour: number; visits: number }[]
  /** Of today and yesterday. */
  pageviews: number
  events: number
}

interface HealthPageProps {
  frame: Frame
  site: Site
  coming: Coming
  /** Of the last seven days. */
  dropped: readonly Dropped[]
  check: InstallCheck | undefined
  /** What the browser of this request says. */
  objects: { gpc: boolean; dnt: boolean }
  script: ScriptAddress
}

export const HealthPage: FC<HealthPageProps> = (props) => {
  const { frame, site } = props
  return (
    <Layout frame={frame} title={`Health · ${site.domain} · Sundial`} site={site}>
      <div class="column">
        <Arriving {...props} />
        <Installed {...props} />
        <NotCounted {...props} />
        <OwnBrowser {...props} />
      </div>
    </Layout>
  )
}

const Arriving: FC<HealthPageProps> = ({ site, coming }) => {
  const { hours, everCounted, pageviews, events } = coming
  const [running] = hours
  const visits = hours.reduce((sum, { visits }) => sum + visits, 0)
  const last = hours.find(({ visits }) => visits > 0)
  return (
    <section class="panel setting">
      <header>
        <h2>What comes in</h2>
      </header>
      <p class={visits > 0 ? 'state good' : 'state bad'}>
        {!everCounted
          ? 'Nothing was ever counted here.'
          : visits > 0
            ? `${plural(visits, 'visit')} in the last 24 hours, ${sayCount(running?.visits ?? 0)} of them in the hour that runs.`
            : 'No visit in the last 24 hours.'}
      </p>
      {visits > 0 && <HourBars hours={hours} />}
      {last && last !== running && (
        <p class="hint">{`The last one came between ${hour(last.hour)} and ${hour(last.hour + 1)} (${site.timezone}).`}</p>
      )}
      {everCounted && (
        <p class="hint">
          {`Yesterday and today: ${plural(pageviews, 'page view')}, ${plural(events, 'event')}. When exactly something came nobody knows: the hour is the finest there is.`}
        </p>
      )}
    </section>
  )
}

/** Oldest first, as one reads. */
const HourBars: FC<Pick<Coming, 'hours'>> = ({ hours }) => {
  const most = Math.max(...hours.map(({ visits }) => visits), 1)
  const said = hours.toReversed()
  return (
    <svg
      class="hours"
      viewBox="0 0 240 44"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Visits by hour: ${said.map(({ visits }) => visits).join(', ')}`}
    >
      {said.map(({ hour: at, visits }, index) => {
        const height = visits === 0 ? 1 : 3 + (visits / most) * 40
        return (
          <rect x={index * 10 + 1} y={44 - height} width="8" height={height} rx="1.5">
            <title>{`${hour(at)}: ${plural(visits, 'visit')}`}</title>
          </rect>
        )
      })}
    </svg>
  )
}

const Installed: FC<HealthPageProps> = ({ frame, site, check, script, coming }) => (
  <section class="panel setting" id="install">
    <header>
      <h2>The script on your page</h2>
    </header>
    <p class="hint">
      {`Asks for the front page of ${site.domain} once, as a robot without cookies, and reads whether the script can run there. Nothing of it is kept.`}
    </p>
    {check && <Findings check={check} />}
    {check?.findings.some(({ state }) => state === 'bad') && (
      <>
        <p class="hint">The tag of this site, for the head of every page:</p>
        <pre class="tag">
          <code>{tagOf(site, script)}</code>
        </pre>
      </>
    )}
    <form method="post" action={`${frame.basePath}/sites/${encodeURIComponent(site.domain)}/health#install`}>
      <button class="button" type="submit">
        {check ? 'Look again' : coming.everCounted ? 'Look at the page' : 'Look whether it is there'}
      </button>
    </form>
  </section>
)

const Findings: FC<{ check: InstallCheck }> = ({ check: { page, findings } }) => (
  <div role="status">
    {page && (
      <p>
        Looked at <code>{page}</code>
      </p>
    )}
    <ul class="findings">
      {findings.map(({ state, says }) => (
        <li class={state}>
          <b>{STATES[state]}</b> {says}
        </li>
      ))}
    </ul>
  </div>
)

const STATES = { good: 'Right:', bad: 'Wrong:', note: 'Note:' } as const satisfies Record<Finding['state'], string>

const NotCounted: FC<HealthPageProps> = ({ frame, site, dropped }) => {
  const { one, many } = sayK(site.k)
  return (
    <section class="panel setting">
      <header>
        <h2>What was not counted, in seven days</h2>
        <a href={`${frame.basePath}/dropped?${new URLSearchParams({ site: site.domain, period: '7d' })}`}>
          By the hour
        </a>
      </header>
      {dropped.length === 0 ? (
        <p class="none">{`Nothing that was not counted came ${one} times.`}</p>
      ) : (
        <table>
          <tbody>
            {dropped.map(({ reason, n }) => (
              <tr>
                <th scope="row">{sayReason(reason)}</th>
                <td>{sayCount(n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="hint">
        {`Counted in ${many}. Events that name a domain of no site are counted nowhere: the look at your page finds those.`}
      </p>
    </section>
  )
}

function sayReason(reason: string): string {
  if (reason === OTHER) return 'Other'
  const meaning = Object.entries(DROPPED).find(([name]) => name === reason)?.[1] ?? reason
  return meaning.charAt(0).toUpperCase() + meaning.slice(1)
}

const OwnBrowser: FC<HealthPageProps> = ({ site, objects: { gpc, dnt } }) => {
  const signals = [...(gpc ? ['Global Privacy Control'] : []), ...(dnt ? ['Do Not Track'] : [])].join(' and ')
  return (
    <section class="panel setting">
      <header>
        <h2>Your own browser</h2>
      </header>
      {signals === '' ? (
        <p>
          Your browser sends neither Global Privacy Control nor Do Not Track, so your own visits count like any other,
          unless something in it blocks the script.
        </p>
      ) : (
        <p>{`Your browser sends ${signals}, so your own visits to ${site.domain} are not counted, and are nowhere to be seen here. That is how it should be: whoever objects is left out. To try the site, open it in a browser that does not.`}</p>
      )}
    </section>
  )
}
