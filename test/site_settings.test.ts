// Sites and their settings by pages, on a running server: adding one, every form, what is refused, what the audit log
// says, how soon the collector follows, and that no text becomes markup.
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { filesIn } from '../dashboard/data_dir.ts'
import { type Asker, createAsker, makeOwner } from './people.ts'
import { type DataDir, makeDataDir, post, type RunningServer } from './server.ts'

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>`

let data: DataDir
let server: RunningServer
let owner: Asker
let organization: string

beforeAll(async () => {
  data = makeDataDir()
  server = await data.start()
  owner = await makeOwner(server)
  const [, id = ''] = /\/organizations\/([^/"]+)\/sites\/new/.exec(await read('/sites')) ?? []
  organization = id
})
afterAll(async () => {
  await server.stop()
  data.remove()
})

async function read(path: string): Promise<string> {
  const answer = await owner.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

const settingsOf = (domain: string) => `/sites/${domain}/settings`

async function add(domain: string): Promise<void> {
  const answer = await owner.post(`/organizations/${organization}/sites/new`, { domain, timezone: 'UTC' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/?site=${domain}`])
}

const set = (domain: string, fields: Record<string, string>) => owner.post(settingsOf(domain), fields)

const auditRow = z.object({ actor: z.string(), act: z.string(), site: z.string(), details: z.string() })

/** Newest first. */
function audit(site: string) {
  const store = new DatabaseSync(filesIn(data.path).settings, { readOnly: true })
  try {
    const rows = store.prepare('SELECT actor, act, site, details FROM audit WHERE site = ? ORDER BY id DESC').all(site)
    return z.array(auditRow).parse(rows)
  } finally {
    store.close()
  }
}

const lastDetails = (site: string): unknown => JSON.parse(audit(site)[0]?.details ?? 'null')

/** What the collector says of an event. */
async function verdict(domain: string, url: string): Promise<string | null> {
  return (await post(server.address, { d: domain, u: url })).headers.get('sundial-outcome')
}

function expectText(html: string): void {
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  // An attribute that ended early would leave its tag with what follows.
  expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*onerror/)
}

describe('the list of sites', () => {
  test('leads to each site’s dashboard, settings and transparency page, and to adding one', async () => {
    await add('listed.example')
    const html = await read('/sites')
    for (const href of [
      '/?site=listed.example',
      '/sites/listed.example/settings',
      '/transparency/listed.example',
      `/organizations/${organization}/sites/new`,
    ]) {
      expect(html).toContain(`href="${href}"`)
      expect([href, (await owner.get(href)).status]).toEqual([href, 200])
    }
    expect(html).toContain('Not public')
  })

  test('is for people with an account only', async () => {
    for (const path of ['/sites', settingsOf('localhost'), `/organizations/${organization}/sites/new`]) {
      const answer = await createAsker(server.address, '').get(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `/sign-in?${new URLSearchParams({ next: path })}`,
      ])
    }
  })
})

describe('a site that is added', () => {
  test('belongs to the organization, counts at once, and shows the tag to copy', async () => {
    await add('added.example')
    const html = await read('/?site=added.example')
    expect(html).toContain('Waiting for the first visit')
    expect(html).toContain('data-domain=&quot;added.example&quot;')
    expect(await verdict('added.example', 'https://www.added.example/')).toBe('counted')
    expect(audit('added.example')).toMatchObject([{ act: 'site added', actor: expect.stringMatching(/.{10}/) }])
  })

  test.each([
    ['an address', { domain: 'https://example.com/blog', timezone: 'UTC' }, 'write it as example.com'],
    ['no domain', { domain: ' ', timezone: 'UTC' }, 'is a bare name'],
    ['no time zone', { domain: 'zone.example', timezone: '+01:00' }, 'must be an IANA name'],
    ['one that is there', { domain: 'localhost', timezone: 'UTC' }, 'There is a site localhost already'],
    ['markup', { domain: HOSTILE, timezone: HOSTILE }, 'is a bare name'],
  ])('is refused beside the form for %s, which keeps what was typed', async (_, fields, sentence) => {
    const answer = await owner.post(`/organizations/${organization}/sites/new`, fields)
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain(sentence)
    expect(html).toContain(`name="timezone" list="zones" value="${escaped(fields.timezone)}"`)
    expectText(html)
  })
})

const FORMS = [
  [
    'hosts',
    '',
    { hosts: 'blog.set.example\r\n\r\n  shop.set.example ' },
    { hosts: expect.arrayContaining(['shop.set.example']) },
  ],
  ['timezone', '', { timezone: 'Europe/Paris' }, { timezone: 'Europe/Paris' }],
  ['rule', '/counting', { profile: 'strict', k: '20', agreed: 'on' }, { profile: 'strict', k: 20 }],
  ['browsers', '/counting', { browserFamilies: 'on' }, { browserFamilies: true }],
  [
    'paths',
    '/events',
    { queryParameters: 'lang', pathPatterns: '/u/:name', pathExceptions: '/docs/*' },
    { queryParameters: ['lang'], pathPatterns: ['/u/:name'], pathExceptions: ['/docs/*'] },
  ],
  ['properties', '/events', { properties: 'plan\namount:10,50' }, { properties: ['plan', 'amount:10,50'] }],
  ['goals', '/events', { goals: 'signup\n/thanks' }, { goals: ['signup', '/thanks'] }],
  [
    'responsible',
    '/transparency',
    { controller: 'Ann Example\nann@example.com', processors: 'Hetzner, Falkenstein (EU)' },
    { controller: 'named', processors: ['Hetzner, Falkenstein (EU)'] },
  ],
  ['public', '/sharing', { public: 'on' }, { public: true }],
] as const

describe('a form of the settings', () => {
  beforeAll(() => add('set.example'))

  test.each(FORMS)(
    '%s is saved, says so, shows what is set, and is in the audit log',
    async (form, page, fields, after) => {
      const answer = await set('set.example', { form, ...fields })
      const address = `${settingsOf('set.example')}${page}?saved=${form}`
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${address}#${form}`])
      const html = await read(address)
      expect(html.match(/role="status">Saved</g)).toHaveLength(1)
      const [last] = audit('set.example')
      expect(last?.act).toBe('site changed')
      expect(lastDetails('set.example')).toMatchObject({ after })
      expect(last?.details).not.toContain('Ann Example')
      for (const text of Object.values(fields).filter((text) => text !== 'on')) {
        const [first = ''] = text.split(/\r?\n/)
        expect(html).toContain(first)
      }
    },
  )

  test('that changes nothing writes nothing', async () => {
    const entries = audit('set.example').length
    expect((await set('set.example', { form: 'timezone', timezone: 'Europe/Paris' })).status).toBe(303)
    expect(audit('set.example')).toHaveLength(entries)
  })

  test('empties a list and switches off what is not sent', async () => {
    await set('set.example', { form: 'goals', goals: '\n' })
    await set('set.example', { form: 'public' })
    expect(await read(`${settingsOf('set.example')}/sharing`)).not.toMatch(/name="public" value="on" checked/)
    expect(lastDetails('set.example')).toEqual({ before: { public: true }, after: { public: false } })
    expect(JSON.parse(audit('set.example')[1]?.details ?? '')).toMatchObject({ after: { goals: [] } })
  })

  test.each([
    ['hosts', { hosts: 'localhost' }, 'Localhost is a host of localhost already'],
    ['timezone', { timezone: 'Moon/Sea' }, 'must be an IANA name'],
    ['rule', { profile: 'strict', k: '5', agreed: 'on' }, 'counts in whole multiples of 10 or more'],
    ['rule', { profile: 'cnil', k: '5' }, 'This starts the month again'],
    ['rule', { profile: 'standard', k: '7', agreed: 'on' }, 'K must be one of 5, 10, 20, 50'],
    ['paths', { queryParameters: 'utm_source', pathPatterns: '', pathExceptions: '' }, 'feeds sources and campaigns'],
    ['properties', { properties: 'Plan!' }, 'A property is 1 to 32'],
    ['goals', { goals: 'https://example.com/thanks' }, 'A goal is the name'],
  ])('%s with %j is refused beside it, keeps what was typed, and changes nothing', async (form, fields, sentence) => {
    const entries = audit('set.example').length
    const answer = await set('set.example', { form, ...fields })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    const [, section = ''] = html.split(`id="${form}"`)
    expect(section.split('</section>')[0]?.toLowerCase()).toContain(sentence.toLowerCase())
    for (const text of Object.values(fields)) if (text !== 'on') expect(section).toContain(escaped(text))
    expect(audit('set.example')).toHaveLength(entries)
  })

  test('that is none leads back to the settings', async () => {
    const answer = await set('set.example', { form: HOSTILE, organization: 'theirs', closed: 'on' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, settingsOf('set.example')])
  })

  test('says nothing that an address makes up', async () => {
    const html = await read(`${settingsOf('set.example')}?saved=${encodeURIComponent(HOSTILE)}`)
    expect(html).not.toContain('Saved')
    expectText(html)
  })

  test('from another site is not taken', async () => {
    const answer = await owner.post(
      settingsOf('set.example'),
      { form: 'public', public: 'on' },
      { origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
  })
})

describe('a change', () => {
  test('of hosts holds for the next event', async () => {
    await add('moving.example')
    expect(await verdict('moving.example', 'https://blog.moving.example/')).toBe('dropped: foreign_host')
    await set('moving.example', { form: 'hosts', hosts: 'blog.moving.example' })
    expect(await verdict('moving.example', 'https://blog.moving.example/')).toBe('counted')
  })

  test('of the domain leads to its new address, and old script tags go on counting', async () => {
    await add('old.example')
    const answer = await set('old.example', { form: 'domain', domain: ' New.example ' })
    expect(answer.headers.get('location')).toBe(`${settingsOf('new.example')}?saved=domain#domain`)
    expect((await owner.get(settingsOf('old.example'))).status).toBe(404)
    expect(await verdict('old.example', 'https://old.example/')).toBe('counted')
    expect(await verdict('new.example', 'https://new.example/')).toBe('counted')
    expect(lastDetails('new.example')).toEqual({
      before: { domain: 'old.example' },
      after: { domain: 'new.example' },
    })
  })
})

describe('in German and French', () => {
  const GERMAN = { 'accept-language': 'de-AT,de;q=0.9' }
  const FRENCH = { 'accept-language': 'fr' }
  const readIn = async (path: string, language: Record<string, string>) => (await owner.get(path, language)).text()

  beforeAll(async () => {
    await add('spoken.example')
    await add('taken.example')
  })

  test.each([
    ['', 'Hosts neben spoken.example', 'Hôtes en plus de spoken.example'],
    ['/counting', 'In Zehnern oder mehr gezählt', 'Compté par dix ou plus'],
    ['/events', 'Was als erreicht zählt', 'Ce qui compte comme atteint'],
    ['/transparency', 'Was Besucher über Sie lesen', 'Ce que les visiteurs lisent de vous'],
    ['/sharing', 'Alle dürfen die Statistik lesen', 'Tout le monde peut lire les statistiques'],
    ['/periods', 'Wie lange was aufbewahrt wird', 'Ce qui est conservé, et combien de temps'],
    ['/end', 'Geben Sie zur Bestätigung spoken.example ein', 'Saisissez spoken.example pour confirmer'],
  ])('the page %j of the settings speaks it, its menu too', async (page, german, french) => {
    const path = `${settingsOf('spoken.example')}${page}`
    for (const [language, tongue, menu, said] of [
      [GERMAN, 'de', 'Anonymisieren, löschen', german],
      [FRENCH, 'fr', 'Anonymiser, supprimer', french],
    ] as const) {
      const html = await readIn(path, language)
      expect(html).toContain(`<html lang="${tongue}">`)
      expect(html).toContain(`>${menu}</a>`)
      expect(html).toContain(said)
    }
  })

  test('the list of sites and the form that adds one speak it', async () => {
    const list = await readIn('/sites', GERMAN)
    expect(list).toContain('aria-label="Transparenzseite von spoken.example"')
    expect(list).toContain('Nicht öffentlich')
    const form = await readIn(`/organizations/${organization}/sites/new`, FRENCH)
    expect(form).toContain('Il appartient à Example. Ses visites comptent dès maintenant, par cinq')
    expect(form).toContain('Fuseau horaire')
  })

  test('what was saved is said in it', async () => {
    expect(await readIn(`${settingsOf('spoken.example')}?saved=timezone`, GERMAN)).toContain('>Gespeichert</p>')
  })

  const lines = (n: number) => Array.from({ length: n }, (_, i) => `x${i}`).join('\n')

  test.each([
    ['domain', { domain: 'https://shop.example/blog' }, 'hier also shop.example, nicht „https://shop.example/blog“'],
    ['domain', { domain: 'a b' }, 'ohne Schema, Port und Pfad, zum Beispiel example.com, nicht „a b“.'],
    ['domain', { domain: 'taken.example' }, 'Eine Website taken.example gibt es schon.'],
    ['hosts', { hosts: 'taken.example' }, 'taken.example ist schon ein Host von taken.example.'],
    ['hosts', { hosts: lines(31) }, 'Eine Website hat höchstens 30 Hosts.'],
    ['timezone', { timezone: 'Moon/Sea' }, 'Die Zeitzone ist ein Name der IANA'],
    ['rule', { profile: 'cnil', k: '5' }, 'Damit beginnt der Monat neu. Bestätigen Sie das mit dem Häkchen.'],
    ['rule', { profile: 'strict', k: '5', agreed: 'on' }, 'Das Profil „Streng“ zählt in ganzen Vielfachen von 10'],
    ['rule', { profile: 'standard', k: 'x', agreed: 'on' }, 'Als kleinste Zahl gibt es nur 5, 10, 20 und 50.'],
    ['rule', { profile: 'lax', k: '5', agreed: 'on' }, 'Als Profil gibt es nur Standard, Streng und CNIL.'],
    ['paths', { queryParameters: 'a b' }, 'Ein Query-Parameter hat 1 bis 32 Buchstaben'],
    ['paths', { queryParameters: 'utm_source' }, 'Aus dem Query-Parameter utm_source werden Quellen'],
    ['paths', { pathPatterns: 'u/:name' }, 'Ein Pfadmuster sieht aus wie /u/:name/posts'],
    ['paths', { pathPatterns: '/ann@example.org' }, 'Eine E-Mail-Adresse in einem Pfad wird immer verborgen'],
    ['paths', { pathPatterns: `/${'x'.repeat(200)}` }, 'Ein Pfadmuster hat höchstens 200 Zeichen.'],
    ['paths', { pathExceptions: '/u/:name' }, 'In einer Ausnahme bleiben Segmente, wie sie sind'],
    ['properties', { properties: 'Plan!' }, 'Eine Eigenschaft hat 1 bis 32 Kleinbuchstaben'],
    ['properties', { properties: 'plan\nplan' }, 'Eine Eigenschaft wird nur einmal angegeben.'],
    ['goals', { goals: '/a*b' }, 'Ein Ziel ist der Name eines eigenen Ereignisses'],
    ['goals', { goals: 'a\u202eb' }, 'Ein Ziel enthält ein unsichtbares Zeichen.'],
    ['responsible', { controller: 'x'.repeat(1001) }, 'Die Angabe, wer verantwortlich ist, hat höchstens 1000'],
  ])('%s with %j is refused in German', async (form, fields, sentence) => {
    const answer = await owner.post(settingsOf('spoken.example'), { form, ...fields }, GERMAN)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(sentence)])
  })

  test('a site that is there already is refused in French beside the form', async () => {
    const fields = { domain: 'taken.example', timezone: 'UTC' }
    const answer = await owner.post(`/organizations/${organization}/sites/new`, fields, FRENCH)
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining('Il y a déjà un site taken.example.'),
    ])
  })
})

describe('a hostile text', () => {
  test('comes out as text wherever it shows', async () => {
    await add('hostile.example')
    const settings = settingsOf('hostile.example')
    const sent = [
      await set('hostile.example', { form: 'responsible', controller: HOSTILE, processors: HOSTILE }),
      await set('hostile.example', { form: 'goals', goals: HOSTILE }),
      await owner.post(`${settings}/sharing/links`, { name: HOSTILE }),
    ]
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 200])
    for (const answer of sent.slice(2)) expectText(await answer.text())
    for (const path of [
      `${settings}/transparency`,
      `${settings}/events`,
      `${settings}/sharing`,
      '/transparency/hostile.example',
      '/transparency/hostile.example/record',
    ]) {
      const html = await read(path)
      expect([path, html.includes('&lt;img')]).toEqual([path, true])
      expectText(html)
    }
  })

  test('in any field of a form that is refused comes out as text', async () => {
    for (const [form, , fields] of FORMS) {
      const hostile = Object.fromEntries(
        Object.keys(fields).map((field) => [field, `${HOSTILE}\n</textarea>${HOSTILE}`]),
      )
      const answer = await set('hostile.example', { form, ...hostile })
      expectText(await answer.text())
    }
    const { text } = { text: await (await set('hostile.example', { form: 'domain', domain: HOSTILE })).text() }
    expect(text).toContain('is a bare name')
    expectText(text)
  })
})

/** As hono/jsx writes it. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
