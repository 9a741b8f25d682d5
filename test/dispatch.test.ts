// What subscribers get, from planted counts to the mail at an SMTP server and the JSON at a webhook: on Monday morning, once,
// also when two clocks or a crash come in between, and nothing for who may read the site no more.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { addDays, createCalendar, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import { createEmbeddedCounts } from '../collector/clickhouse_embedded.ts'
import type { Dimension, Metric, Table } from '../collector/contract.ts'
import { migrate } from '../collector/migrate.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { createSites, type Site, type Sites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'
import { createDeliveries, MOST_ATTEMPTS } from '../dashboard/dispatch/deliveries.ts'
import { createDispatch, type Dispatch } from '../dashboard/dispatch/dispatch.ts'
import { signatureOf } from '../dashboard/dispatch/webhook.ts'
import { readWeekly } from '../dashboard/dispatch/weekly.ts'
import { weeklyLetter } from '../dashboard/dispatch/weekly_letter.ts'
import type { Language } from '../dashboard/languages/language.ts'
import { MailError, type Mailer, type MailProblem, type Message } from '../dashboard/mailer.ts'
import { createSmtpMailer } from '../dashboard/mailer_smtp.ts'
import { createNodeOutbound } from '../dashboard/outbound_node.ts'
import { createPeople, type People } from '../dashboard/people/people.ts'
import { WORDS } from '../dashboard/words.ts'
import { launchChromium } from './chromium.ts'
import { type HttpSink, readMail, startHttpSink, startSmtpSink } from './mail_sink.ts'
import { addPerson, join } from './people.ts'

const MONDAY = Date.parse('2026-03-16T08:06:00Z')
const HOUR = 3_600_000
const ORIGIN = 'https://stats.example'
const SECRET = 'a secret of the tests, long enough to be one'

let counts: Counts
const directory = mkdtempSync(path.join(tmpdir(), 'sundial-dispatch-'))
beforeAll(async () => {
  counts = await createEmbeddedCounts({ path: directory, database: 'sundial' })
  await migrate({ counts, database: 'sundial' })
  await plant()
})
afterAll(async () => {
  await counts.close()
  rmSync(directory, { recursive: true, force: true })
})

const NEVER = '2100-01-01'
const dated = (day: string) => ({ site: 1, month: firstOfMonth(day), day, expire_on: NEVER })
const insert = (table: Table, rows: object[]) =>
  counts.insert(table, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, randomUUID())

function count(day: string, metric: Metric, dimension: Dimension, value: string, n: number) {
  return { ...dated(day), metric, dimension, dimension2: '', value, value2: '', n, generalize_on: NEVER }
}

/** 2 to 8 March: 100 visits. 9 to 15 March: 150. And 30 an hour in the noons of February and March, with a spike. */
async function plant(): Promise<void> {
  await insert('days', [
    { ...dated('2026-02-20'), visits: 10, pageviews: 10, engaged: 5, events: 0 },
    { ...dated('2026-03-03'), visits: 100, pageviews: 240, engaged: 60, events: 3 },
    { ...dated('2026-03-10'), visits: 90, pageviews: 180, engaged: 60, events: 3 },
    { ...dated('2026-03-15'), visits: 60, pageviews: 120, engaged: 45, events: 0 },
    { ...dated('2026-03-16'), visits: 1000, pageviews: 1000, engaged: 0, events: 0 },
  ])
  await insert('counts', [
    count('2026-03-10', 'pageviews', 'page', '/<b>"pricing"</b>', 55),
    count('2026-03-15', 'pageviews', 'page', '/', 200),
    count('2026-03-10', 'visits', 'source', 'Google', 60),
    count('2026-03-15', 'visits', 'source', '(direct)', 70),
    count('2026-03-10', 'visits', 'country', 'FR', 35),
  ])
  const noons = Array.from({ length: 9 }, (_, week) => addDays('2026-03-18', -7 * week))
  await insert(
    'hours',
    noons.map((day, week) => ({ ...dated(day), hour: 12, visits: week === 0 ? 400 : 30, generalize_on: NEVER })),
  )
}

interface World {
  db: SqliteSettings
  people: People
  sites: Sites
  site: Site
  /** Id of Olga. */
  owner: string
  at: { now: number }
  problems: string[]
  /** A dispatch of its own, as every process has one. */
  dispatch(deps?: { mailer?: Mailer; hook?: HttpSink }): Dispatch
  /** A member who gets both. */
  join(name: string, role?: 'owner' | 'viewer', language?: Language): Promise<{ id: string; email: string }>
}

let world: World
beforeEach(async () => {
  world = await openWorld()
})
const closing: (() => unknown)[] = []
afterEach(async () => {
  world.db.close()
  for (const close of closing.splice(0)) await close()
})

async function openWorld(): Promise<World> {
  const db = openSqliteSettings(':memory:')
  const at = { now: MONDAY }
  const now = () => at.now
  const problems: string[] = []
  const report = (problem: string, error?: unknown) => problems.push(error ? `${problem}: ${error}` : problem)
  const people = createPeople({
    db,
    database: db.database,
    secret: SECRET,
    basePath: '',
    now,
    random: randomBytes,
    report,
  })
  const sites = createSites({ db, now, report })
  const owner = await addPerson(people, { name: 'Olga', organization: '', role: 'owner' })
  const { id: organization } = await people.organizations.make({ name: 'Harbour', owner: owner.id })
  const answer = await sites.add({ domain: 'site.example', organization, timezone: 'UTC' })
  if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join())
  const { site } = answer
  return {
    ...{ db, people, sites, site, at, problems, owner: owner.id },
    dispatch({ mailer = keeping().mailer, hook } = {}) {
      const outbound = createNodeOutbound({
        resolve: async () => ['93.184.215.14'],
        connect: () => connect({ host: '127.0.0.1', port: Number(new URL(hook?.address ?? '').port) }),
      })
      const deliveries = createDeliveries({ db, now })
      return createDispatch({
        ...{
          sites,
          counts,
          calendar: createCalendar(),
          ...people,
          deliveries,
          mailer,
          outbound,
          basePath: '/stats',
          now,
        },
        report,
      })
    },
    async join(name, role = 'owner', language = 'en') {
      const person = name === 'Olga' ? owner : await addPerson(people, { name, organization, role, sites: [site.id] })
      await people.subscriptions.choose(
        { site: site.id, user: person.id, origin: ORIGIN, language },
        { weekly: true, alerts: true },
      )
      return person
    },
  }
}

/** A mailer that keeps what it was given, or refuses it. */
function keeping(problem: () => MailProblem | undefined = () => undefined) {
  const mails: Message[] = []
  const mailer: Mailer = {
    async send(message) {
      const why = problem()
      if (why) throw new MailError(why)
      mails.push(message)
    },
  }
  return { mailer, mails }
}

async function hookSink(): Promise<HttpSink> {
  const hook = await startHttpSink()
  closing.push(() => hook.close())
  return hook
}

async function addHook(url: string) {
  const webhook = { site: world.site.id, name: 'A hook', url, weekly: true, alerts: true, origin: ORIGIN }
  const made = await world.people.subscriptions.addWebhook(webhook, () => [])
  if (!made) throw new Error('no webhook')
  return made
}

/** Subject, plain text and HTML. */
function shown(mail: string) {
  const { headers, parts } = readMail(mail)
  const [text = '', html = ''] = parts.map(({ body }) => body.replaceAll('\r\n', '\n'))
  return { subject: headers.subject, text, html }
}

/** Ranges of days have thin spaces. */
const plain = (text = '') => text.replaceAll('\u2009', ' ')

const states = () =>
  world.db.database
    .prepare('SELECT occasion, state, attempts FROM deliveries ORDER BY rowid')
    .all()
    .map(({ occasion, state, attempts }) => `${occasion}: ${state}, ${attempts}`)

describe('the weekly report', () => {
  test('arrives by SMTP with the week’s numbers, its changes, what is withheld, and how to end it', async () => {
    const sink = await startSmtpSink()
    closing.push(() => sink.close())
    const from = { name: 'Sundial', address: 'stats@example.com' }
    const mailer = createSmtpMailer({
      mail: { from, host: '127.0.0.1', port: sink.port, tls: 'if offered', login: undefined },
    })
    await world.join('Olga')
    await world.dispatch({ mailer }).run()
    expect(world.problems).toEqual([])
    expect(sink.mails).toHaveLength(1)
    const [head = ''] = (sink.mails[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n\r\n')
    expect(head).toMatch(/^To: olga@example\.com$/m)
    expect(head).toMatch(/^Subject: site\.example: 150 visits last week, \+50%$/m)
    expect(head).toMatch(/^List-Unsubscribe: <https:\/\/stats\.example\/stats\/unsubscribe\/[\w.-]+>$/m)
    expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    expect(head).toMatch(/^Message-ID: <[\w-]+\.weekly\.2026-03-09@example\.com>$/m)
  })

  test('says in plain text what the dashboard shows', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga')
    await world.dispatch({ mailer }).run()
    const [mail] = mails
    expect(plain(mail?.text).replace(/unsubscribe\/\S+/, 'unsubscribe/…')).toBe(`site.example, 9 – 15 Mar 2026

Visits: 150 (+50%)
Page views: 300 (+25%)
Bounce rate: 30% (−10 points)
Changes are against the week before. Whatever has a name is counted in fives.

Pages, by page views
  200  (67%)  /
  55  (18%)  /<b>"pricing"</b>
45 page views are in the totals only: reloads, and pages not named yet.

Sources, by visits
  70  (47%)  Direct
  60  (40%)  Google
20 visits are not named yet.

Countries, by visits
  35  (23%)  France
115 visits are not named yet.

Open this week:
https://stats.example/stats/?site=site.example&period=custom&from=2026-03-09&to=2026-03-15

You chose the weekly report of site.example. Stop these mails:
https://stats.example/stats/unsubscribe/…

-- 
Sundial
`)
    expect(mail?.html).toContain('/&lt;b&gt;&quot;pricing&quot;&lt;/b&gt;')
  })

  test('speaks the language of the account, else the one that it was chosen in, and to a webhook English', async () => {
    const hook = await hookSink()
    await addHook('https://hooks.example/in')
    const sink = await startSmtpSink()
    closing.push(() => sink.close())
    const from = { name: 'Sundial', address: 'stats@example.com' }
    const mailer = createSmtpMailer({
      mail: { from, host: '127.0.0.1', port: sink.port, tls: 'if offered', login: undefined },
    })
    const zoe = await world.join('Zoe', 'viewer', 'de')
    await world.join('Lea', 'viewer', 'fr')
    await world.join('Olga', 'owner', 'fr')
    await world.people.auth.speak(world.owner, 'de')
    await world.people.auth.speak(zoe.id, 'en')
    await world.dispatch({ mailer, hook }).run()
    expect(world.problems).toEqual([])
    const mails = new Map(sink.mails.map((mail) => [/^To: (\S+?)@/m.exec(mail)?.[1], shown(mail)]))
    expect([...mails.keys()].toSorted()).toEqual(['lea', 'olga', 'zoe'])
    expect(mails.get('zoe')?.subject).toBe('site.example: 150 visits last week, +50%')
    const { foot } = WORDS.de.panels
    expect(mails.get('olga')?.subject).toBe('site.example: 150 Besuche letzte Woche, +50\u00a0%')
    expect(
      plain(mails.get('olga')?.text).replace(/unsubscribe\/\S+/, 'unsubscribe/…'),
    ).toBe(`site.example, 9.–15. März 2026

Besuche: 150 (+50\u00a0%)
Seitenaufrufe: 300 (+25\u00a0%)
Absprungrate: 30\u00a0% (−10 Punkte)
Veränderungen gelten gegenüber der Woche davor. Alles, was einen Namen hat, wird in Fünfern gezählt.

Seiten, nach Seitenaufrufen
  200  (67\u00a0%)  /
  55  (18\u00a0%)  /<b>"pricing"</b>
${foot.inTotalsOnly(45, 'pageviews')}

Quellen, nach Besuchen
  70  (47\u00a0%)  Direkt
  60  (40\u00a0%)  Google
${foot.notNamedYet(20, 'visits')}

Länder, nach Besuchen
  35  (23\u00a0%)  Frankreich
${foot.notNamedYet(115, 'visits')}

Diese Woche öffnen:
https://stats.example/stats/?site=site.example&period=custom&from=2026-03-09&to=2026-03-15

Sie haben den Wochenbericht von site.example gewählt. Diese E-Mails beenden:
https://stats.example/stats/unsubscribe/…

-- 
Sundial
`)
    expect(mails.get('olga')?.html).toContain('<html lang="de">')
    const french = mails.get('lea')
    expect(french?.subject).toBe('site.example\u202f: 150 visites la semaine dernière, +50\u00a0%')
    expect(french?.text).toContain('Pages, selon les pages vues\n')
    expect(french?.text).toContain('Vous avez choisi le rapport hebdomadaire de site.example.')
    expect(french?.html).toContain('<html lang="fr">')
    expect(JSON.parse(hook.posted[0]?.body ?? '').text).toContain('\n\nVisits: 150 (+50%)\n')
  })

  test('waits for the morning of Monday in the time zone of the site', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga')
    const run = async (now: string) => {
      world.at.now = Date.parse(now)
      await world.dispatch({ mailer }).run()
      return mails.length
    }
    expect(await run('2026-03-15T23:59:00Z')).toBe(0)
    expect(await run('2026-03-16T06:59:00Z')).toBe(0)
    expect(await run('2026-03-16T07:00:00Z')).toBe(1)
    expect(await run('2026-03-17T08:00:00Z')).toBe(1)
    await world.sites.set('site.example', { timezone: 'America/Los_Angeles' })
    expect(await run('2026-03-23T08:00:00Z')).toBe(1)
    expect(await run('2026-03-23T14:00:00Z')).toBe(2)
  })

  test('is sent once, however often and by however many the hour is struck', async () => {
    const { mailer, mails } = keeping()
    for (const name of ['Olga', 'Pia', 'Quinn']) await world.join(name)
    await Promise.all(Array.from({ length: 5 }, () => world.dispatch({ mailer }).run()))
    world.at.now += HOUR
    await world.dispatch({ mailer }).run()
    expect(mails.map(({ to }) => to).sort()).toEqual(['olga@example.com', 'pia@example.com', 'quinn@example.com'])
    expect(world.problems).toEqual([])
  })

  test('that was being sent when Sundial stopped is not sent again, and its operator hears of it', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga')
    let begun = () => {}
    const reached = new Promise<void>((resolve) => {
      begun = resolve
    })
    const stopped: Mailer = {
      send() {
        begun()
        return new Promise(() => {})
      },
    }
    void world.dispatch({ mailer: stopped }).run()
    await reached
    for (let hour = 0; hour < 3; hour++) {
      world.at.now += HOUR
      await world.dispatch({ mailer }).run()
    }
    expect(mails).toEqual([])
    expect(states()).toEqual(['weekly 2026-03-09: given up, 1'])
    expect(world.problems).toEqual(['1 reports or alerts may not have been sent: Sundial stopped while it sent them.'])
  })

  test('that was planned when Sundial stopped is sent when it is back, within the day', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga')
    const failing = { ...counts, query: () => Promise.reject(new Error('ClickHouse is away')) }
    const deliveries = createDeliveries({ db: world.db, now: () => world.at.now })
    const outbound = createNodeOutbound()
    const shared = { ...world, ...world.people, calendar: createCalendar(), deliveries, outbound, basePath: '' }
    const report = (problem: string) => world.problems.push(problem)
    await createDispatch({ ...shared, counts: failing, mailer, now: () => world.at.now, report }).run()
    expect(states()).toEqual([])
    await deliveries.plan([
      {
        subscription: String(world.db.database.prepare('SELECT id FROM subscriptions').get()?.id),
        occasion: 'weekly 2026-03-09',
        details: JSON.stringify({ kind: 'weekly', monday: '2026-03-16' }),
      },
    ])
    world.at.now += 20 * HOUR
    await world.dispatch({ mailer }).run()
    expect(mails).toHaveLength(1)
  })

  test('is tried again every hour while the mail server cannot take it, then given up with a line that names nobody', async () => {
    const problem: { now: MailProblem | undefined } = { now: 'deferred' }
    const { mailer, mails } = keeping(() => problem.now)
    await world.join('Olga')
    const dispatch = world.dispatch({ mailer })
    for (let hour = 0; hour < MOST_ATTEMPTS + 2; hour++) {
      await dispatch.run()
      world.at.now += HOUR
    }
    expect(states()).toEqual([`weekly 2026-03-09: given up, ${MOST_ATTEMPTS}`])
    expect(world.problems).toEqual(['The weekly report of site.example was not sent to one member: deferred.'])
    expect(mails).toEqual([])
  })

  test('arrives by a later try, and what is refused for good is not tried again', async () => {
    const problem: { now: MailProblem | undefined } = { now: 'unreachable' }
    const { mailer, mails } = keeping(() => problem.now)
    await world.join('Olga')
    const dispatch = world.dispatch({ mailer })
    await dispatch.run()
    problem.now = undefined
    world.at.now += HOUR
    await dispatch.run()
    expect(mails).toHaveLength(1)
    problem.now = 'refused'
    await world.join('Pia')
    for (let hour = 0; hour < 3; hour++) await dispatch.run()
    expect(states()).toEqual(['weekly 2026-03-09: sent, 2', 'weekly 2026-03-09: given up, 1'])
  })

  test('goes to nobody who has ended it, has left, or may not read the site any more', async () => {
    const { mailer, mails } = keeping()
    const [left, hidden, ended] = [await world.join('Lea'), await world.join('Vera', 'viewer'), await world.join('Eva')]
    await world.join('Olga')
    const { organization } = world.site
    const actor = 'operator'
    await world.people.organizations.remove({ organization, user: left.id, role: 'owner' }, actor)
    const seen = { organization, user: hidden.id, role: 'viewer' } as const
    await world.people.organizations.change(seen, { role: 'viewer', sites: [] }, actor)
    const own = { site: world.site.id, user: ended.id, origin: ORIGIN, language: 'en' } as const
    await world.people.subscriptions.choose(own, { weekly: false, alerts: true })
    await world.dispatch({ mailer }).run()
    expect(mails.map(({ to }) => to)).toEqual(['olga@example.com'])
    // Coming back is no subscription.
    await join(world.people, { organization, user: left.id, email: 'lea@example.com', role: 'owner' })
    expect(await world.people.subscriptions.ofMember(world.site.id, left.id)).toEqual({ weekly: false, alerts: false })
  })
})

describe('a webhook', () => {
  test('gets the same as JSON, signed with its key', async () => {
    const hook = await hookSink()
    const { key, id } = await addHook('https://hooks.example/in?token=1')
    await world.dispatch({ hook }).run()
    const [posted] = hook.posted
    expect(posted).toMatchObject({ path: '/in?token=1', method: 'POST' })
    expect(posted?.headers).toMatchObject({ host: 'hooks.example', 'content-type': 'application/json' })
    const timestamp = String(MONDAY / 1000)
    const hmac = createHmac('sha256', key).update(`${timestamp}.${posted?.body}`).digest('hex')
    expect(posted?.headers['sundial-timestamp']).toBe(timestamp)
    expect(posted?.headers['sundial-signature']).toBe(`v1=${hmac}`)
    expect(signatureOf(key, timestamp, posted?.body ?? '')).toBe(hmac)
    expect(JSON.parse(posted?.body ?? '')).toEqual({
      id: `${id}.weekly.2026-03-09`,
      type: 'weekly',
      site: 'site.example',
      text: expect.stringMatching(/^site\.example, 9\s–\s15 Mar 2026\n\nVisits: 150 \(\+50%\)\n[\s\S]*https:\S+$/),
      url: 'https://stats.example/stats/?site=site.example&period=custom&from=2026-03-09&to=2026-03-15',
      from: '2026-03-09',
      to: '2026-03-15',
      figures: {
        visits: { now: 150, week_before: 100 },
        pageviews: { now: 300, week_before: 240 },
        bounce_rate: { now: expect.closeTo(0.3), week_before: expect.closeTo(0.4) },
      },
      panels: [
        {
          dimension: 'event:page',
          counted: 'page views',
          rows: [
            { value: '/', n: 200 },
            { value: '/<b>"pricing"</b>', n: 55 },
          ],
          withheld: 45,
        },
        {
          dimension: 'visit:source',
          counted: 'visits',
          rows: [
            { value: '(direct)', n: 70 },
            { value: 'Google', n: 60 },
          ],
          withheld: 20,
        },
        { dimension: 'visit:country', counted: 'visits', rows: [{ value: 'FR', n: 35 }], withheld: 115 },
      ],
      counted_in: 5,
    })
  })

  test.each([
    ['/status/503', `given up, ${MOST_ATTEMPTS}`, MOST_ATTEMPTS],
    ['/status/410', 'given up, 1', 1],
    ['/elsewhere', 'given up, 1', 1],
  ])('that answers as %s does is %s', async (path, state, tries) => {
    const hook = await hookSink()
    await addHook(`https://hooks.example${path}`)
    const dispatch = world.dispatch({ hook })
    for (let hour = 0; hour < 6; hour++) {
      await dispatch.run()
      world.at.now += HOUR
    }
    expect(states()).toEqual([`weekly 2026-03-09: ${state}`])
    expect(hook.posted.map((posted) => posted.path)).toEqual(Array.from({ length: tries }, () => path))
    expect(world.problems.join()).not.toContain('hooks.example')
  })

  test('at a private address is asked nothing, as it runs in production', async () => {
    await addHook('https://localhost/in')
    const { people, sites, db, at } = world
    const deliveries = createDeliveries({ db, now: () => at.now })
    await createDispatch({
      ...{ sites, counts, calendar: createCalendar(), ...people, deliveries, mailer: undefined, basePath: '' },
      outbound: createNodeOutbound(),
      now: () => at.now,
      report: (problem) => world.problems.push(problem),
    }).run()
    expect(world.problems).toEqual(['The weekly report of site.example was not sent to one webhook: private.'])
  })
})

describe('an alert', () => {
  const SPIKE = Date.parse('2026-03-18T13:06:00Z')

  test('goes to who wants it, once a day, and says what is unusual', async () => {
    const { mailer, mails } = keeping()
    const hook = await hookSink()
    const { id } = await world.join('Olga')
    const pia = await world.join('Pia')
    await world.people.subscriptions.choose(
      { site: world.site.id, user: pia.id, origin: ORIGIN, language: 'en' },
      { weekly: true, alerts: false },
    )
    await addHook('https://hooks.example/in')
    world.at.now = SPIKE
    await Promise.all([world.dispatch({ mailer, hook }).run(), world.dispatch({ mailer, hook }).run()])
    world.at.now += HOUR / 2
    await world.dispatch({ mailer, hook }).run()
    expect(world.problems).toEqual([])
    expect(id).not.toBe('')
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['olga@example.com', 'site.example: many more visits than usual'],
    ])
    expect(mails[0]?.text).toContain(
      '400 visits came to site.example in the hour up to 13:00 on Wed, 18 Mar 2026.\n\n30 would be usual',
    )
    expect(mails[0]?.text).toContain('https://stats.example/stats/?site=site.example&period=day&date=2026-03-18')
    expect(hook.posted.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'spike', site: 'site.example', day: '2026-03-18', hour: 12, visits: 400, usual: 30 },
    ])
  })

  test('says it in the language of who gets it', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga', 'owner', 'de')
    await world.join('Lea', 'viewer', 'fr')
    const told = async (now: number) => {
      world.at.now = now
      await world.dispatch({ mailer }).run()
      return mails.splice(0).map(({ subject, text }) => `${subject}\n${text.split('\n\nhttps:', 1)[0]}`)
    }
    const [german = '', french = ''] = await told(SPIKE)
    expect(german).toContain('site.example: viel mehr Besuche als üblich\n')
    expect(german).toContain('400 Besuche kamen in der Stunde bis 13:00 Uhr am Mi., 18. März 2026 auf site.example.\n')
    expect(german).toContain('Üblich wären 30: der Median derselben Stunden in den letzten Wochen.')
    expect(french).toContain(
      '400 visites sont venues sur site.example dans l’heure jusqu’à 13:00 le mer. 18 mars 2026.',
    )
    const [silence = '', silent = ''] = await told(Date.parse('2026-03-25T13:06:00Z'))
    expect(silence).toContain('site.example: keine Besuche, wo es sonst welche gibt\n')
    expect(silence).toMatch(/In den \d+ Stunden bis 13:00 Uhr am Mi\., 25\. März 2026 wurde kein Besuch/)
    expect(silent).toContain('\nAucune visite de site.example n’a été comptée dans les')
  })

  test('of a silence leads to the health of the site', async () => {
    const { mailer, mails } = keeping()
    await world.join('Olga')
    world.at.now = Date.parse('2026-03-25T13:06:00Z')
    await world.dispatch({ mailer }).run()
    expect(mails.map(({ subject }) => subject)).toEqual(['site.example: no visits where there usually are some'])
    expect(mails[0]?.text).toContain('https://stats.example/stats/sites/site.example/health')
  })
})

test('the link that ends it is of no use to anybody else', async () => {
  const { subscriptions } = world.people
  await world.join('Olga')
  const id = String(world.db.database.prepare('SELECT id FROM subscriptions').get()?.id)
  const farewell = subscriptions.farewellOf(id)
  for (const wrong of [id, `${id}.`, `${farewell}A`, farewell.slice(0, -1), farewell.replace('.', 'A.')])
    expect(await subscriptions.byFarewell(wrong)).toBeUndefined()
  expect(await subscriptions.byFarewell(farewell)).toEqual({ id, site: 1 })
  await subscriptions.end(id)
  expect(await subscriptions.byFarewell(farewell)).toBeUndefined()
})

test.each(['light', 'dark'] as const)(
  'in a %s mail program the report can be read, and loads nothing',
  async (colorScheme) => {
    // The language of the longest words.
    const words = WORDS[colorScheme === 'dark' ? 'de' : 'en']
    const browser = await launchChromium()
    closing.push(() => browser.close())
    const weekly = await readWeekly(counts, world.site, { monday: '2026-03-16', basePath: '' })
    const links = { dashboard: `${ORIGIN}${weekly.path}`, farewell: `${ORIGIN}/unsubscribe/abc` }
    const { html } = await weeklyLetter(weekly, links, words)
    const page = await browser.newPage({ colorScheme, viewport: { width: 390, height: 800 } })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.setContent(html)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    // As it is without, but axe takes what has no background for white.
    await page.addStyleTag({ content: 'html { background: Canvas }' })
    await page.addScriptTag({ content: axe.source })
    const { violations } = z
      .object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
      .parse(await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`))
    expect(violations).toEqual([])
    expect(asked).toEqual([])
    const shots = process.env.SCREENSHOTS
    if (shots) await page.screenshot({ path: path.join(shots, `weekly-${colorScheme}.png`), fullPage: true })
  },
)
