// Whether a site's visits arrive: what came in the last hours, what was not counted, the look at its own page, and what the
// reader's own browser objects to. Rendered by site_health.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import type { InstallCheck } from '../install_check.ts'
import { hour } from '../languages/format.ts'
import { useWords } from '../languages/use_words.ts'
import type { Dropped } from '../reports/dropped.ts'
import { sayReason } from './dropped.tsx'
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
  const { health } = useWords()
  const { frame, site } = props
  return (
    <Layout frame={frame} title={`${health.title} · ${site.domain} · Sundial`} site={site}>
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
  const { comesIn: words } = useWords().health
  const { hours, everCounted, pageviews, events } = coming
  const [running] = hours
  const visits = hours.reduce((sum, { visits }) => sum + visits, 0)
  const last = hours.find(({ visits }) => visits > 0)
  return (
    <section class="panel setting">
      <header>
        <h2>{words.title}</h2>
      </header>
      <p class={visits > 0 ? 'state good' : 'state bad'}>
        {!everCounted ? words.nothingEver : visits > 0 ? words.visits(visits, running?.visits ?? 0) : words.none}
      </p>
      {visits > 0 && <HourBars hours={hours} />}
      {last && last !== running && (
        <p class="hint">{words.last(hour(last.hour), hour(last.hour + 1), site.timezone)}</p>
      )}
      {everCounted && <p class="hint">{words.twoDays(pageviews, events)}</p>}
    </section>
  )
}

/** Oldest first, as one reads. */
const HourBars: FC<Pick<Coming, 'hours'>> = ({ hours }) => {
  const { comesIn: words } = useWords().health
  const most = Math.max(...hours.map(({ visits }) => visits), 1)
  const said = hours.toReversed()
  return (
    <svg
      class="hours"
      viewBox="0 0 240 44"
      preserveAspectRatio="none"
      role="img"
      aria-label={words.byHour(said.map(({ visits }) => visits))}
    >
      {said.map(({ hour: at, visits }, index) => {
        const height = visits === 0 ? 1 : 3 + (visits / most) * 40
        return (
          <rect x={index * 10 + 1} y={44 - height} width="8" height={height} rx="1.5">
            <title>{words.inHour(hour(at), visits)}</title>
          </rect>
        )
      })}
    </svg>
  )
}

const Installed: FC<HealthPageProps> = ({ frame, site, check, script, coming }) => {
  const { script: words } = useWords().health
  return (
    <section class="panel setting" id="install">
      <header>
        <h2>{words.title}</h2>
      </header>
      <p class="hint">{words.meaning(site.domain)}</p>
      {check && <Findings check={check} />}
      {check?.findings.some(({ state }) => state === 'bad') && (
        <>
          <p class="hint">{words.tag}</p>
          <pre class="tag">
            <code>{tagOf(site, script)}</code>
          </pre>
        </>
      )}
      <form method="post" action={`${frame.basePath}/sites/${encodeURIComponent(site.domain)}/health#install`}>
        <button class="button" type="submit">
          {check ? words.lookAgain : coming.everCounted ? words.look : words.lookWhether}
        </button>
      </form>
    </section>
  )
}

const Findings: FC<{ check: InstallCheck }> = ({ check: { page, findings } }) => {
  const { lookedAt, states } = useWords().health.script
  return (
    <div role="status">
      {page && (
        <p>
          {lookedAt(page, (address) => (
            <code>{address}</code>
          ))}
        </p>
      )}
      <ul class="findings">
        {findings.map(({ state, says }) => (
          <li class={state}>
            <b>{states[state]}</b> {says}
          </li>
        ))}
      </ul>
    </div>
  )
}

const NotCounted: FC<HealthPageProps> = ({ frame, site, dropped }) => {
  const words = useWords()
  const { notCounted } = words.health
  return (
    <section class="panel setting">
      <header>
        <h2>{notCounted.title}</h2>
        <a href={`${frame.basePath}/dropped?${new URLSearchParams({ site: site.domain, period: '7d' })}`}>
          {notCounted.byHour}
        </a>
      </header>
      {dropped.length === 0 ? (
        <p class="none">{notCounted.nothing(site.k)}</p>
      ) : (
        <table>
          <tbody>
            {dropped.map(({ reason, n }) => (
              <tr>
                <th scope="row">{sayReason(reason, words)}</th>
                <td>{words.sayCount(n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="hint">{notCounted.explained(site.k)}</p>
    </section>
  )
}

const OwnBrowser: FC<HealthPageProps> = ({ site, objects: { gpc, dnt } }) => {
  const { ownBrowser: words } = useWords().health
  const signals = [...(gpc ? ['Global Privacy Control'] : []), ...(dnt ? ['Do Not Track'] : [])]
  return (
    <section class="panel setting">
      <header>
        <h2>{words.title}</h2>
      </header>
      <p>{signals.length === 0 ? words.silent : words.objects(signals, site.domain)}</p>
    </section>
  )
}
