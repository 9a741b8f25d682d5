// What cannot be undone, by pages, on a whole machine (settings, accumulator and engine on disk): what is shown before,
// what has to be typed or ticked, what is done then, and the receipt.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { addDays, addMonths, dayOf, firstOfMonth } from '../collector/calendar.ts'
import type { Counts } from '../collector/clickhouse.ts'
import type { Act } from '../collector/ledger.ts'
import { readOrders } from '../collector/orders.ts'
import { enforcePeriods } from '../collector/retention.ts'
import { sayRefusals } from '../collector/site_refusals.ts'
import { openSqliteSettings } from '../collector/sites_sqlite.ts'
import { stockOf } from '../collector/stock.ts'
import { filesIn } from '../dashboard/data_dir.ts'
import { type Machine, openMachine } from '../dashboard/machine.ts'
import { createSiteEnds } from '../dashboard/site_ends.tsx'
import { ENGLISH, WORDS } from '../dashboard/words.ts'
import { createOpenDoor } from './open_door.ts'
import { type Asker, createAsker } from './people.ts'

const ORGANIZATION = 'example'
const SETTINGS = '/sites/example.com/settings'
const today = dayOf(Date.now())
const month = (back: number) => addMonths(firstOfMonth(today), -back)

let dataDir: string
let machine: Machine
let reported: string[]
let site: number

beforeEach(async () => {
  // Let none begin just before today turns into tomorrow.
  await vi.waitUntil(() => 86_400_000 - (Date.now() % 86_400_000) > 60_000, { timeout: 70_000, interval: 500 })
  dataDir = mkdtempSync(path.join(tmpdir(), 'sundial-ends-'))
  reported = []
  const clickhouse = { url: undefined, user: 'default', password: '', database: 'sundial', cluster: undefined }
  machine = await openMachine({
    environment: { dataDir, clickhouse },
    secret: 'a secret of the tests, long enough to be one',
    now: Date.now,
    report: () => {},
  })
  for (const domain of ['example.com', 'other.example']) {
    const answer = await machine.sites.add({ domain, organization: ORGANIZATION })
    if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join('; '))
    if (domain === 'example.com') site = answer.site.id
  }
})

afterEach(async () => {
  await machine.close()
  rmSync(dataDir, { recursive: true })
})

interface Setup {
  tables?: Counts | undefined
  fulfil?: (() => Promise<Act[]>) | undefined
}

/** As the owner of every site, on one machine unless it says otherwise. */
function ask(setup: Setup = { tables: machine.counts, fulfil: machine.fulfil }): Asker {
  const { sites, ledger, people } = machine
  const app = createSiteEnds({
    ...setup,
    door: createOpenDoor({ sites }),
    sites,
    ledger,
    audit: people.audit,
    basePath: '',
    report: (problem) => reported.push(problem),
  })
  return createAsker('http://localhost', '', async (url, sent) => app.request(url, sent))
}

/** Two days in each of these months (counted back from this one), as the flush of those months wrote them. */
async function fill(back: readonly number[], id = site): Promise<void> {
  for (const first of back.map(month)) {
    const dates = { month: first, generalize_on: addDays(addMonths(first, 1), 62), expire_on: addDays(first, 396) }
    const { generalize_on: _, ...ends } = dates
    for (const day of [first, addDays(first, 1)].filter((day) => day <= today)) {
      const of = { site: id, day }
      await insert(
        'hours',
        [8, 9].map((hour) => ({ ...of, hour, visits: 3, ...dates })),
      )
      await insert('days', [{ ...of, visits: 6, pageviews: 9, engaged: 1, events: 2, ...ends }])
      const attribute = { metric: 'pageviews', dimension: 'page', dimension2: '', value: '/', value2: '' }
      await insert('counts', [{ ...of, ...attribute, n: 5, ...dates }])
    }
  }
}

const insert = (table: 'hours' | 'days' | 'counts', rows: readonly object[]) =>
  machine.counts.insert(table, rows.map((row) => JSON.stringify(row)).join('\n'), randomUUID())

const stock = (id = site) => stockOf(machine.counts, id)

const acts = async () =>
  (await machine.people.audit.read(ORGANIZATION, { limit: 10 })).map(({ act, site, details }) => ({
    act,
    site,
    details,
  }))

function ordersLeft() {
  const store = openSqliteSettings(filesIn(dataDir).settings)
  return readOrders(store).finally(() => store.close())
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

async function textAt(asker: Asker, path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await asker.get(path, headers)
  expect([path, answer.status]).toEqual([path, 200])
  return textOf(await answer.text())
}

describe('shorter periods', () => {
  const wanted = { anonymization: '30', retention: '200' }
  const preview = `${SETTINGS}/periods?${new URLSearchParams(wanted)}`

  test('are shown first, with what goes at once by month; then a tick does it, and the receipt stands below', async () => {
    await fill([0, 8, 10])
    const { id } = machine.sites.byDomain('other.example') ?? { id: 0 }
    await fill([10], id)
    // What is due already is folded before.
    await enforcePeriods({ counts: machine.counts })
    const [before, other] = [await stock(), await stock(id)]
    const shown = await textAt(ask(), preview)
    expect(shown).toContain('Anonymization: 62 days now, 30 then Retention: 396 days now, 200 then')
    for (const back of [8, 10]) {
      expect(shown).toContain(
        `${ENGLISH.sayMonth(month(back))} removed: 2 days with 12 visits, 1 attribute count (10 in sum), 0 hours`,
      )
    }
    expect(await stock()).toEqual(before)
    expect(machine.sites.byDomain('example.com')?.retentionDays).toBe(396)

    const unticked = await ask().post(`${SETTINGS}/periods`, wanted)
    expect([unticked.status, textOf(await unticked.text())]).toEqual([
      422,
      expect.stringContaining('Tick that it shall'),
    ])
    expect(await stock()).toEqual(before)

    const answer = await ask().post(`${SETTINGS}/periods`, { ...wanted, agreed: 'on' })
    const address = `${SETTINGS}/periods?saved=done`
    expect([answer.status, answer.headers.get('location')]).toEqual([303, address])
    const after = await stock()
    expect(before.days.visits - after.days.visits).toBe(24)
    expect(before.counts.n - after.counts.n).toBe(20)
    expect(await stock(id)).toEqual(other)
    const receipt = await textAt(ask(), address)
    expect(receipt).toContain('Done. The receipt is below.')
    expect(receipt).toContain(`Visits ${before.days.visits} ${after.days.visits}`)
    expect(await acts()).toEqual([
      {
        act: 'period changed',
        site: 'example.com',
        details: {
          before: { anonymizationDays: 62, retentionDays: 396 },
          after: { anonymizationDays: 30, retentionDays: 200 },
        },
      },
    ])
  })

  test('of which nothing goes at once say so', async () => {
    await fill([0])
    expect(await textAt(ask(), preview)).toContain('Nothing goes at once.')
  })

  test('may not be seen by a dashboard that may not look, and are done all the same', async () => {
    await fill([10])
    expect(await textAt(ask({}), preview)).toContain('cannot be shown now')
    const answer = await ask({}).post(`${SETTINGS}/periods`, { ...wanted, agreed: 'on' })
    expect(answer.headers.get('location')).toBe(`${SETTINGS}/periods?saved=ordered`)
    expect(await ordersLeft()).toMatchObject([{ site, action: 'shortened' }])
    expect(await textAt(ask({}), `${SETTINGS}/periods?saved=ordered`)).toContain('hourly triggers of both Workers')
  })
})

test('longer periods say that they hold for what is to come, and need no tick', async () => {
  await fill([8])
  const before = await stock()
  const wanted = { anonymization: '90', retention: '700' }
  const shown = await textAt(ask(), `${SETTINGS}/periods?${new URLSearchParams(wanted)}`)
  expect(shown).toContain('A longer period holds for what is counted from now on. What is there keeps its dates.')
  const answer = await ask().post(`${SETTINGS}/periods`, wanted)
  expect(answer.headers.get('location')).toBe(`${SETTINGS}/periods?saved=changed`)
  expect(machine.sites.byDomain('example.com')).toMatchObject({ anonymizationDays: 90, retentionDays: 700 })
  expect(await stock()).toEqual(before)
  expect(await ordersLeft()).toEqual([])
})

test.each([
  [{ anonymization: '0', retention: '396' }, 'Anonymization must be 1 to 95 whole days'],
  [{ anonymization: '62', retention: '90' }, 'Retention must exceed anonymization by more than 31 days'],
  [{ anonymization: 'soon', retention: '"><script>' }, 'Anonymization must be 1 to 95 whole days'],
])('periods that may not be are refused beside the form, which keeps them: %j', async (wanted, sentence) => {
  for (const answer of [
    await ask().get(`${SETTINGS}/periods?${new URLSearchParams(wanted)}`),
    await ask().post(`${SETTINGS}/periods`, { ...wanted, agreed: 'on' }),
  ]) {
    const html = await answer.text()
    expect([answer.status, textOf(html)]).toEqual([422, expect.stringContaining(sentence)])
    expect(html).toContain(`value="${wanted.anonymization}"`)
    expect(html).not.toContain('<script')
  }
  expect(await acts()).toEqual([])
})

describe('anonymizing now', () => {
  test('shows what there is, wants the domain typed, keeps every total and shows the receipt', async () => {
    await fill([0, 1, 3])
    const before = await stock()
    expect(await textAt(ask(), `${SETTINGS}/end`)).toContain(
      `Now there are ${before.hours.rows} hours, ${before.days.rows} days with ${before.days.visits} visits`,
    )
    const slip = await ask().post(`${SETTINGS}/anonymize`, { domain: 'example.co' })
    expect([slip.status, textOf(await slip.text())]).toEqual([
      422,
      expect.stringContaining('Nothing was done: that was not example.com.'),
    ])
    expect(await stock()).toEqual(before)

    const answer = await ask().post(`${SETTINGS}/anonymize`, { domain: ' example.com' })
    expect(answer.headers.get('location')).toBe(`${SETTINGS}/end?saved=done`)
    const after = await stock()
    expect(after.hours.rows).toBe(0)
    expect([after.days, after.counts.n]).toEqual([before.days, before.counts.n])
    expect(after.counts.rows).toBeLessThan(before.counts.rows)
    const receipt = await textAt(ask(), `${SETTINGS}/end?saved=done`)
    expect(receipt).toContain(`Hours ${before.hours.rows} 0`)
    expect((await acts()).map(({ act }) => act)).toEqual(['site anonymized'])
  })

  test('while the database does not answer is an order that stays', async () => {
    const away = () => Promise.reject(new Error('away'))
    const answer = await ask({ fulfil: away }).post(`${SETTINGS}/anonymize`, { domain: 'example.com' })
    expect(answer.headers.get('location')).toBe(`${SETTINGS}/end?saved=ordered`)
    expect(await textAt(ask({ fulfil: away }), `${SETTINGS}/end?saved=ordered`)).toContain(
      'within an hour of its being back',
    )
    expect(await ordersLeft()).toMatchObject([{ site, action: 'anonymized' }])
    expect(reported).toEqual(['an order could not be carried out yet'])
  })
})

describe('deleting a site', () => {
  test('wants the domain typed, takes all of it along with its share links, and shows the receipt', async () => {
    await fill([0, 3])
    const { id } = machine.sites.byDomain('other.example') ?? { id: 0 }
    await fill([0], id)
    const [before, other] = [await stock(), await stock(id)]
    const made = await machine.people.shareLinks.make({ site, name: 'Board' }, [])
    const secret = 'secret' in made ? made.secret : ''
    expect(await machine.people.shareLinks.find(secret)).toMatchObject({ site })
    expect((await ask().post(`${SETTINGS}/delete`, { domain: 'other.example' })).status).toBe(422)
    expect(await stock()).toEqual(before)

    const answer = await ask().post(`${SETTINGS}/delete`, { domain: 'example.com' })
    const text = textOf(await answer.text())
    expect([answer.status, text]).toEqual([200, expect.stringContaining('example.com is deleted')])
    expect(text).toContain(`Visits ${before.days.visits} 0`)
    expect((await stock()).days.rows).toBe(0)
    expect(await stock(id)).toEqual(other)
    expect(machine.sites.byDomain('example.com')).toBeUndefined()
    expect(await machine.people.shareLinks.find(secret)).toBeUndefined()
    expect((await ask().get(`${SETTINGS}/end`)).status).toBe(404)
    expect(await acts()).toMatchObject([{ act: 'site deleted', site: 'example.com' }])
  })

  test('on Workers is an order, and says who carries it out', async () => {
    await fill([0])
    const answer = await ask({}).post(`${SETTINGS}/delete`, { domain: 'example.com' })
    expect(textOf(await answer.text())).toContain('The hourly triggers of both Workers carry it out, within two hours')
    expect(await ordersLeft()).toMatchObject([{ site, action: 'deleted' }])
  })
})

describe('in German', () => {
  const GERMAN = { 'accept-language': 'de' }
  const { sayMonth, sayDay } = WORDS.de

  test('shorter periods are shown, refused, done and receipted', async () => {
    await fill([0, 10])
    await enforcePeriods({ counts: machine.counts })
    const wanted = { anonymization: '30', retention: '200' }
    const shown = await textAt(ask(), `${SETTINGS}/periods?${new URLSearchParams(wanted)}`, GERMAN)
    expect(shown).toContain('Anonymisierung: jetzt 62 Tage, dann 30 Aufbewahrung: jetzt 396 Tage, dann 200')
    expect(shown).toContain(
      `${sayMonth(month(10))} entfernt: 2 Tage mit 12 Besuchen, 1 Zählung nach Merkmal (zusammen 10), 0 Stunden`,
    )
    expect(shown).toContain('Der Rest fällt früher weg als sonst.')
    const unticked = await ask().post(`${SETTINGS}/periods`, wanted, GERMAN)
    expect(textOf(await unticked.text())).toContain('Was wegfällt, kommt nicht zurück.')
    await ask().post(`${SETTINGS}/periods`, { ...wanted, agreed: 'on' }, GERMAN)
    const receipt = await textAt(ask(), `${SETTINGS}/periods?saved=done`, GERMAN)
    expect(receipt).toContain('Erledigt. Die Quittung steht unten.')
    expect(receipt).toContain('Verkürzte Fristen Fristen von example.com verkürzt, angeordnet am')
    expect(receipt).toMatch(/Vorher Nachher Stunden \d+ \d+ Tage \d+ \d+ Zählungen nach Merkmal/)
  })

  test('what of a month is generalized is said as such', async () => {
    await fill([2])
    const wanted = { anonymization: '1', retention: '396' }
    const shown = await textAt(ask(), `${SETTINGS}/periods?${new URLSearchParams(wanted)}`, GERMAN)
    expect(shown).toContain(
      `${sayMonth(month(2))} verallgemeinert: 4 Stunden zu ihren Tagen, 2 Zählungen nach Merkmal zum Monat`,
    )
    expect(shown).toContain('Anonymisierung: jetzt 62 Tage, dann 1 Aufbewahrung: 396 Tage, wie jetzt')
  })

  test.each([
    [{ anonymization: 'bald', retention: '396' }, 'Die Anonymisierungsfrist beträgt 1 bis 95 ganze Tage.'],
    [{ anonymization: '62', retention: '' }, 'Die Aufbewahrungsfrist beträgt 33 bis 761 ganze Tage.'],
    [{ anonymization: '62', retention: '90' }, 'bei 62 Tagen also länger als 93, nicht 90.'],
  ])('%j is refused', async (wanted, sentence) => {
    const answer = await ask().get(`${SETTINGS}/periods?${new URLSearchParams(wanted)}`, GERMAN)
    expect([answer.status, textOf(await answer.text())]).toEqual([422, expect.stringContaining(sentence)])
  })

  test('anonymizing says what there is, what was not typed, and what is ordered', async () => {
    await fill([1])
    expect(await textAt(ask(), `${SETTINGS}/end`, GERMAN)).toContain(
      `Vorhanden sind 4 Stunden, 2 Tage mit 12 Besuchen und 2 Zählungen nach Merkmal, bis zum ${sayDay(addDays(month(1), 1))}.`,
    )
    const slip = await ask().post(`${SETTINGS}/anonymize`, { domain: 'example.co' }, GERMAN)
    expect(textOf(await slip.text())).toContain('Nichts ist geschehen: Das war nicht example.com.')
    await ask({}).post(`${SETTINGS}/anonymize`, { domain: 'example.com' }, GERMAN)
    expect(await textAt(ask({}), `${SETTINGS}/end?saved=ordered`, GERMAN)).toContain(
      'Angeordnet. Die stündlichen Auslöser der beiden Workers führen es innerhalb von zwei Stunden aus',
    )
  })

  test('a deletion ends with its receipt', async () => {
    await fill([0])
    const answer = await ask().post(`${SETTINGS}/delete`, { domain: 'example.com' }, GERMAN)
    const text = textOf(await answer.text())
    expect(text).toContain('example.com ist gelöscht')
    expect(text).toContain('example.com gelöscht, angeordnet am')
    expect(text).toMatch(/Besuche \d+ 0/)
  })
})
