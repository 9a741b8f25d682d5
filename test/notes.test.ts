// Notes on days of a site: who writes them, what is taken, who sees them, and that they end with the site.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { createNotes } from '../dashboard/people/notes.ts'
import { makeOrganization, type OrganizationTemplate, type OrganizationWorld } from './organization_world.ts'

const TODAY = '2024-08-01'
const PATH = '/sites/one.example/notes'
const RELEASE = { day: TODAY, kind: 'release', text: 'Version 2' }

/** Some visits of today, so that there is a chart. */
const counts: Pick<Counts, 'query'> = {
  async query(sql, _, row) {
    if (!sql.startsWith('/* reports.days */')) return []
    return ['2024-07-30', TODAY].map((on) =>
      row.parse({ on, first_day: '2024-07-01', visits: 8, pageviews: 9, engaged: 3, events: 0 }),
    )
  },
}

let template: OrganizationTemplate
let world: OrganizationWorld

beforeAll(async () => {
  template = await makeOrganization()
})
afterAll(() => template.remove())
beforeEach(async () => {
  world = await template.open({ counts })
})
afterEach(() => world.close())

const notes = () => createNotes({ db: world.db, random: () => new Uint8Array() }).ofSite(1)

describe('a note', () => {
  test('is written by an analyst, stands on the chart, in its table and below it, is changed and removed', async () => {
    const { asker } = world.cast.analyst
    const written = await asker.post(PATH, RELEASE)
    expect([written.status, written.headers.get('location')]).toEqual([303, PATH])
    const page = await (await asker.get('/?site=one.example&period=7d')).text()
    expect(page).toContain('<em class="said">Release: Version 2</em>')
    expect(page).toContain('<circle class="flag"')
    expect(page).toMatch(/1 Aug 2024, so far<small>Release: Version 2<\/small>/)
    expect(page).toContain('<b>1 Aug 2024</b> Release: Version 2')
    const [note] = await notes()
    await asker.post(`${PATH}/${note?.id}`, { day: '2024-07-30', kind: 'campaign', text: ' Summer sale ' })
    expect(await notes()).toEqual([{ id: note?.id, day: '2024-07-30', kind: 'campaign', text: 'Summer sale' }])
    expect(await (await asker.get(PATH)).text()).toContain('value="Summer sale"')
    await asker.post(`${PATH}/${note?.id}/remove`)
    expect(await notes()).toEqual([])
  })

  test.each([
    ['no text', { ...RELEASE, text: '   ' }],
    ['a long text', { ...RELEASE, text: 'x'.repeat(201) }],
    ['several lines', { ...RELEASE, text: 'one\ntwo' }],
    ['a kind that is none', { ...RELEASE, kind: 'party' }],
    ['a day that is none', { ...RELEASE, day: '2024-02-30' }],
    ['nothing at all', {}],
  ])('with %s is refused with a sentence', async (_, fields) => {
    const answer = await world.cast.owner.asker.post(PATH, fields)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('A note has a day, a kind, and one line of at most 200 characters.')
    expect(await notes()).toEqual([])
  })

  test('is refused in the language of who writes it', async () => {
    const answer = await world.cast.owner.asker.post(PATH, {}, { 'accept-language': 'fr' })
    const page = await answer.text()
    expect(page).toContain('Une note a un jour, un type et une ligne d’au plus 200 caractères.')
    expect(page).toContain('<option value="campaign">Campagne</option>')
  })

  test('comes out as text wherever it stands', async () => {
    const { asker } = world.cast.owner
    await asker.post(PATH, { ...RELEASE, text: `"><script>alert('x')</script>` })
    for (const path of [PATH, '/?site=one.example&period=7d', '/?site=one.example&period=today']) {
      const html = await (await asker.get(path)).text()
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script')
    }
  })

  test('of one site is out of reach by the address of another', async () => {
    const { asker } = world.cast.owner
    await asker.post(PATH, RELEASE)
    const [note] = await notes()
    await asker.post(`/sites/two.example/notes/${note?.id}`, { ...RELEASE, text: 'Another' })
    await asker.post(`/sites/two.example/notes/${note?.id}/remove`)
    expect(await notes()).toMatchObject([{ text: 'Version 2' }])
    expect(await (await asker.get('/?site=two.example&period=7d')).text()).not.toContain('Version 2')
  })
})

describe('notes', () => {
  test('are not shown to outsiders of a public site', async () => {
    await world.cast.owner.asker.post(PATH, RELEASE)
    await world.sites.set('one.example', { public: true })
    const seen = await (await world.nobody.get('/?site=one.example&period=7d')).text()
    expect(seen).toContain('one.example')
    expect(seen).not.toMatch(/Version 2|\/notes/)
  })

  test('are read by whoever may see the site, and written by those who may annotate', async () => {
    await world.cast.owner.asker.post(PATH, RELEASE)
    const viewer = await world.people.organizations.memberships(world.cast.viewer.id)
    expect(viewer[0]?.sites).toEqual([])
    expect((await world.cast.viewer.asker.post(PATH, RELEASE)).status).toBe(404)
    expect((await world.nobody.post(PATH, RELEASE)).headers.get('location')).toContain('/sign-in')
    expect(await notes()).toHaveLength(1)
  })

  test('are five hundred at most', async () => {
    const { asker } = world.cast.owner
    const values = Array.from({ length: 500 }, (_, n) => `('note-${n}', 1, '${TODAY}', 'other', 'x')`)
    await world.db.run(`INSERT INTO notes (id, site, day, kind, text) VALUES ${values.join(', ')}`)
    const answer = await asker.post(PATH, RELEASE)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('at most 500 notes')])
  })

  test('end with their site', async () => {
    await world.cast.owner.asker.post(PATH, RELEASE)
    await world.sites.remove('one.example')
    expect(await notes()).toEqual([])
  })
})
