// The public page about a site, made to be linked from its privacy notice: what is received, kept and never kept, for how
// long, by whom, and what all that does not cover. Rendered by transparency.tsx from a disclosure.
import type { Child, FC } from 'hono/jsx'
import { TABLES, type Table } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Act, Disclosure, StoredTable } from '../disclosure.ts'
import { plural, sayDay, sayK, sayList, sayMoment, sayMonth } from '../words.ts'
import { Lines, type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'

interface Props {
  frame: PublicFrame
  disclosure: Disclosure
}

const SECTIONS = [
  ['short', 'In short'],
  ['received', 'What your browser sends'],
  ['stored', 'What is stored'],
  ['attributes', 'What is counted by'],
  ['never', 'What is never collected'],
  ['fives', 'How it is counted'],
  ['periods', 'How long it is kept'],
  ['responsible', 'Who is responsible'],
  ['refuse', 'How not to be counted'],
  ['limits', 'The honest limits'],
  ['check', 'Check it yourself'],
] as const
type SectionId = (typeof SECTIONS)[number][0]

export const TransparencyPage: FC<Props> = ({ frame, disclosure }) => (
  <TransparencyFrame frame={frame} title={`What ${disclosure.site} counts`} site={disclosure.site} here="page">
    <section class="hero">
      <h1>{`What ${disclosure.site} keeps of your visit`}</h1>
      <p>
        {disclosure.site} counts visits with Sundial, which knows the hour, not the visitor. This page is made by the
        program that does the counting, from its own list of what it may keep, this site’s settings and the database as
        it is now.
      </p>
      <p class="hint">{`Made ${sayMoment(disclosure.madeAt)}.`}</p>
    </section>
    <div class="told">
      <nav class="contents" aria-label="Contents">
        <ol>
          {SECTIONS.map(([id, title]) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      <div class="sections">
        <Short disclosure={disclosure} />
        <Received disclosure={disclosure} frame={frame} />
        <Stored disclosure={disclosure} />
        <Attributes disclosure={disclosure} />
        <Section id="never">
          <p>None of this is stored, logged, or put into an error message:</p>
          <Lines of={disclosure.never} />
        </Section>
        <Fives disclosure={disclosure} />
        <Periods disclosure={disclosure} />
        <Responsible disclosure={disclosure} />
        <Refuse disclosure={disclosure} />
        <Section id="limits">
          <p>What all this does not cover:</p>
          <Lines of={disclosure.limits} />
        </Section>
        <Check disclosure={disclosure} frame={frame} />
      </div>
    </div>
  </TransparencyFrame>
)

const Section: FC<{ id: SectionId; children: Child }> = ({ id, children }) => (
  <section class="panel" id={id}>
    <h2>{SECTIONS.find(([section]) => section === id)?.[1]}</h2>
    {children}
  </section>
)

const Short: FC<{ disclosure: Disclosure }> = ({ disclosure: { settings, periods } }) => {
  const { one, many } = sayK(settings.k)
  return (
    <Section id="short">
      <ul class="promises">
        <li>
          <b>No person, no device</b>
          No cookie, no fingerprint, no identifier. Nothing that is kept tells you from anybody else.
        </li>
        <li>
          <b>{`Only in ${many}`}</b>
          {`A page, source, country or anything else with a name is stored only once it was counted ${one} times, and then in whole ${many}.`}
        </li>
        <li>
          <b>The hour, not the moment</b>
          Visits have an hour, everything with a name has a day. Durations are intervals, the country is the finest
          place.
        </li>
        <li>
          <b>It ends</b>
          {`${periods.anonymizationDays} days after a month is over, its hours become days and its days become a month. ${periods.retentionDays} days after it began, all of it is gone.`}
        </li>
      </ul>
    </Section>
  )
}

const Received: FC<Props> = ({ disclosure: { received, site }, frame }) => (
  <Section id="received">
    <p>
      {'A message of at most '}
      {`${received.longestBody.toLocaleString('en-GB')} bytes goes out when a page opens, when engaged time is reported and when something happens that the site counts. `}
      <a href={transparencyPath(frame, site, '/preview')}>See the exact bytes that your browser would send</a>. These
      are its fields and what becomes of them; any other field is ignored.
    </p>
    <Rows head={['Field', 'What it says', 'What becomes of it']}>
      {received.body.map(({ keys, says, example, becomes }) => (
        <tr>
          <th scope="row">
            {keys.map((key) => (
              <code>{key}</code>
            ))}
          </th>
          <td>
            {says}
            <code class="example">{example}</code>
          </td>
          <td>{becomes}</td>
        </tr>
      ))}
    </Rows>
    <h3>Around the message</h3>
    <p>
      Browsers say more with every request. This much of it is read; the rest, such as languages, is not looked at.
      Cookies are not sent along at all.
    </p>
    <Rows head={['Of the request', 'What it says', 'What becomes of it']}>
      {received.request.map(({ names, says, becomes }) => (
        <tr>
          <th scope="row">
            {names.map((name) => (
              <code>{name}</code>
            ))}
          </th>
          <td>{says}</td>
          <td>{becomes}</td>
        </tr>
      ))}
    </Rows>
  </Section>
)

const Stored: FC<{ disclosure: Disclosure }> = ({ disclosure: { stored } }) => (
  <Section id="stored">
    <p>
      All of it. No row stands for a visitor, a visit or an event: each is a sum over everybody. There are three tables.
    </p>
    {stored.tables.map((table) => (
      <StoredRows table={table} />
    ))}
    <h3>Elsewhere</h3>
    <Rows head={['Where', 'What', 'Until']}>
      {stored.elsewhere.map(({ place, keeps, until }) => (
        <tr>
          <th scope="row">{place}</th>
          <td>{keeps}</td>
          <td>{until}</td>
        </tr>
      ))}
    </Rows>
  </Section>
)

const StoredRows: FC<{ table: StoredTable }> = ({ table: { name, keeps, columns } }) => (
  <>
    <h3>
      <code>{name}</code> {keeps}
    </h3>
    <Rows head={['Column', 'What it says', 'Example']}>
      {columns.map((column) => (
        <tr>
          <th scope="row">
            <code>{column.name}</code>
          </th>
          <td>{column.means}</td>
          <td>
            <code>{column.example}</code>
          </td>
        </tr>
      ))}
    </Rows>
  </>
)

const Attributes: FC<{ disclosure: Disclosure }> = ({ disclosure: { stored, settings } }) => {
  const pairs = stored.pairs
    .filter(({ countedHere }) => countedHere)
    .map(({ attributes }) => attributes.join(' × ').toLowerCase())
  return (
    <Section id="attributes">
      <p>
        A row of <code>counts</code> says how often one value of one attribute was counted on one day. The last column
        is how often a value must come within one calendar month before its name is written.
      </p>
      <Rows head={['Attribute', 'Made from', 'Example', 'Named after']}>
        {stored.attributes.map(({ label, madeFrom, example, countedHere, namedAfter }) => (
          <tr class={countedHere ? undefined : 'off'}>
            <th scope="row">{label}</th>
            <td>{madeFrom.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase())}</td>
            <td>
              <code>{example}</code>
            </td>
            <td>{countedHere ? `${namedAfter} times` : 'Not counted here'}</td>
          </tr>
        ))}
      </Rows>
      <p>
        {`These pairs are counted together, once both values have a name: ${pairs.join(', ')}. At most two attributes ever stand in one row.`}
      </p>
      <Chosen title="Parameters of addresses that stay in the page" values={settings.queryParameters} />
      <Chosen title="Event properties that this site counts" values={settings.properties} />
      <Chosen title="Parts of paths that this site also hides" values={settings.pathPatterns} />
      <Chosen title="Parts of paths that this site shows though they look personal" values={settings.pathExceptions} />
      <Chosen title="Hosts whose pages are counted" values={settings.hosts} />
    </Section>
  )
}

const Chosen: FC<{ title: string; values: readonly string[] }> = ({ title, values }) => (
  <p class="chosen">
    {`${title}: `}
    {values.length === 0 ? 'none.' : values.map((value) => <code>{value}</code>)}
  </p>
)

const Fives: FC<{ disclosure: Disclosure }> = ({ disclosure: { settings, profile, stored } }) => {
  const { one, many, ordinal } = sayK(settings.k)
  const later = stored.attributes.filter(({ countedHere, namedAfter }) => countedHere && namedAfter > settings.k)
  return (
    <Section id="fives">
      <p>
        {`Here k is ${settings.k}. Suppose a page is viewed for the first time this month. Nothing readable of it is written: there is a keyed hash and the number 1. With the ${ordinal} view the name of the page and the number ${settings.k} move on together, and only once ${one} more visits have come do they reach the database, so that nobody can tie them to one visit. The next number that can stand there is ${2 * settings.k}.`}
      </p>
      <p>
        {`What was not counted ${one} times when the month ends is added up without its name, as “(other)”, again in whole ${many}, and the key of the hashes is destroyed.`}
      </p>
      {later.length > 0 && (
        <p>
          {`Texts that a link or the site can choose freely need twice as many: ${sayList(later.map(({ label }) => label.toLowerCase()))}, and sources that are such a text.`}
        </p>
      )}
      <p>
        {`The profile of this site is “${profile.label}”. ${profile.meaning}`}
        {profile.strata && ` ${sayStrata(profile.strata)}`}
        {profile.leaves === 'at midnight' &&
          ' What may leave goes to the database once a day, in the hour after midnight.'}
        {` Hours and days are those of ${settings.timezone.replaceAll('_', ' ')}.`}
      </p>
    </Section>
  )
}

function sayStrata({ of, atLeast }: { of: number; atLeast: number }): string {
  return `Country and browser family of a visit are hashed, together with the counter, into one of ${of} strata, and a text is written only once it was counted in ${atLeast} of them: what comes from one browser in one country keeps its text to itself, however often it comes. As the counter is part of the hash, strata of different counters cannot be compared.`
}

const Periods: FC<{ disclosure: Disclosure }> = ({ disclosure }) => {
  const { periods, kept, acts, lastDeletion } = disclosure
  const { month, generalizeOn, expireOn } = periods.example
  return (
    <Section id="periods">
      <Rows head={['Period', 'What happens', 'After', 'In force since']}>
        <tr>
          <th scope="row">Anonymization</th>
          <td>{`Hours become days, named counts become months. What is counted in ${sayMonth(month)}: on ${sayDay(generalizeOn)}`}</td>
          <td>{`${periods.anonymizationDays} days from the end of the month`}</td>
          <td>{saySince(periods.anonymizationSince)}</td>
        </tr>
        <tr>
          <th scope="row">Retention</th>
          <td>{`All of it ends. What is counted in ${sayMonth(month)}: on ${sayDay(expireOn)}`}</td>
          <td>{`${periods.retentionDays} days from the beginning of the month`}</td>
          <td>{saySince(periods.retentionSince)}</td>
        </tr>
      </Rows>
      <p>
        What has ended cannot be read from that day on. It is off the disk about an hour and a quarter later, plus the
        time that the database takes to merge. Periods can be made shorter for what was counted already, never longer.
      </p>
      <h3>The oldest rows now</h3>
      {kept ? <Oldest kept={kept} /> : <p class="none">The database does not answer now. Ask again in a minute.</p>}
      <h3>Deletions and changes</h3>
      <p>
        {lastDeletion && `The last one by an operator: ${sayAct(lastDeletion)}, ${sayMoment(lastDeletion.at)}. `}
        {acts && !lastDeletion && 'No operator has deleted or anonymized anything ahead of the periods. '}
        The database itself deletes what reaches its date, every hour.
      </p>
      {acts === undefined ? (
        <p class="none">What was changed cannot be read now. Ask again in a minute.</p>
      ) : (
        acts.length > 0 && (
          <Rows head={['When', 'What was changed']}>
            {acts.map((act) => (
              <tr>
                <th scope="row">{sayMoment(act.at)}</th>
                <td>{sayAct(act)}</td>
              </tr>
            ))}
          </Rows>
        )
      )}
    </Section>
  )
}

const Oldest: FC<{ kept: NonNullable<Disclosure['kept']> }> = ({ kept }) => (
  <>
    <Rows head={['Table', 'Oldest that can be read', 'Oldest on disk', 'Next to end']}>
      {Object.keys(TABLES)
        .filter((name): name is Table => name in TABLES)
        .map((name) => {
          const { oldestReadable, oldestOnDisk, firstEnd } = kept.tables[name]
          return (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{oldestReadable ? sayDay(oldestReadable) : 'No row'}</td>
              <td>{oldestOnDisk ? sayDay(oldestOnDisk) : 'No row'}</td>
              <td>{firstEnd ? sayDay(firstEnd) : '—'}</td>
            </tr>
          )
        })}
    </Rows>
    <p>
      {kept.replacedFrom === undefined
        ? 'No file of an earlier month that was replaced still waits for its removal; those of this month are replaced as counts come, and removed within minutes. '
        : `Files that were replaced still wait for their removal, a matter of minutes. The oldest holds rows of ${sayMonth(kept.replacedFrom)}, of this site or of another that is counted here. `}
      {`Read ${sayMoment(kept.at)}. What is younger than two days does not show here, so that nobody can watch visits arrive.`}
    </p>
  </>
)

const Responsible: FC<{ disclosure: Disclosure }> = ({ disclosure: { controller, processors, site } }) => (
  <Section id="responsible">
    <dl class="facts">
      <dt>Controller</dt>
      <dd class="lines">{controller || `${site} has not said it here. Its privacy notice should.`}</dd>
      <dt>Processors and where they are</dt>
      <dd>{processors.length === 0 ? 'None was named.' : <Lines of={processors} />}</dd>
    </dl>
  </Section>
)

const Refuse: FC<{ disclosure: Disclosure }> = ({ disclosure: { received, settings } }) => (
  <Section id="refuse">
    <p>
      Switch on Global Privacy Control or Do Not Track in your browser: the script then sends nothing, and the collector
      would count nothing. Or open the console of your browser on the site and run{' '}
      <code>localStorage.sundial_ignore = 1</code>. Since nothing that is kept is tied to you, there is nothing of yours
      to find, correct or delete afterwards.
    </p>
    <p>A message is answered and not counted for these reasons only, besides one that cannot be read:</p>
    <Reasons head="Reason" reasons={received.notCounted} />
    <p>
      {`Of some of it the site’s owner sees how often it came, by reason and hour, in whole ${sayK(settings.k).many} and never from whom. Of who objected nothing at all is counted:`}
    </p>
    <Reasons head="Counted as" reasons={received.shownToOwner} />
    <p>{`More than ${received.requestsPerMinute} messages a minute from one address for one site are refused, unless the operator has set another number.`}</p>
  </Section>
)

const Reasons: FC<{ head: string; reasons: Disclosure['received']['notCounted'] }> = ({ head, reasons }) => (
  <Rows head={[head, 'What it means']}>
    {reasons.map(({ reason, means }) => (
      <tr>
        <th scope="row">
          <code>{reason}</code>
        </th>
        <td>{means}</td>
      </tr>
    ))}
  </Rows>
)

const Check: FC<Props> = ({ disclosure: { schemaHash, site }, frame }) => (
  <Section id="check">
    <p>
      The same as data: <a href={transparencyPath(frame, site, '.json')}>{`${site}.json`}</a>. It carries a hash of all
      tables and columns; who may look into the database can compare it. Sundial is open source.
    </p>
    <p>
      <code class="hash">{schemaHash}</code>
    </p>
  </Section>
)

const Rows: FC<{ head: readonly string[]; children: Child }> = ({ head, children }) => (
  <table class={`told-rows of-${head.length}`}>
    <thead>
      <tr>
        {head.map((title) => (
          <th scope="col">{title}</th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

function saySince(since: Disclosure['periods']['retentionSince']): string {
  if (since === undefined) return 'Not on record'
  return since === 'being put in force' ? 'Being put in force now' : sayMoment(since.at)
}

const SETTING_WORDS = {
  domain: 'name',
  hosts: 'hosts',
  timezone: 'time zone',
  k: 'k',
  profile: 'profile',
  anonymizationDays: 'anonymization period',
  retentionDays: 'retention period',
  queryParameters: 'parameters that stay',
  properties: 'event properties',
  pathPatterns: 'path patterns',
  pathExceptions: 'path exceptions',
  browserFamilies: 'browser families',
  controller: 'controller',
  processors: 'processors',
  public: 'who may read the statistics',
  goals: 'goals',
} as const satisfies Record<Exclude<keyof Site, 'id' | 'organization' | 'closed'>, string>
const settingWords = new Map<string, string>(Object.entries(SETTING_WORDS))

const ACT_WORDS = {
  added: 'The site was added',
  changed: 'Changed',
  shortened: 'Shortened, for what was counted already as well',
  lengthened: 'Lengthened, for what is counted from then on',
  anonymized: 'All counts were anonymized ahead of their period',
  deleted: 'All counts were deleted',
} as const satisfies Record<Act['action'], string>

function sayAct({ action, settings, rows }: Act): string {
  const which = settings.map((setting) => settingWords.get(setting) ?? setting)
  const what = which.length === 0 ? ACT_WORDS[action] : `${ACT_WORDS[action]}: ${sayList(which)}`
  if (!rows) return what
  if (rows.before === 0) return `${what} (there was none)`
  return `${what} (${plural(rows.before, 'row')} became ${rows.after.toLocaleString('en-GB')})`
}
