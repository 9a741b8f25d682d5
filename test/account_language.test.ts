// The language of people: what a browser asks for, what an account has chosen instead, the mails that they get, and why a
// form was not taken. Over the real pages in this process.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SLOW } from '../dashboard/people/attempts.ts'
import { WORDS } from '../dashboard/words.ts'
import {
  makeOrganization,
  type OrganizationTemplate,
  type OrganizationWorld,
  signedInBy,
} from './organization_world.ts'
import { PASSWORD } from './people.ts'
import { until } from './server.ts'

const GERMAN = { 'accept-language': 'de-CH,de;q=0.9,en;q=0.5' }
const FRENCH = { 'accept-language': 'fr' }
/** What the page of an organization's end asks. */
const NOTHING_COUNTED = { hours: 0, days: 0, counts: 0, visits: 0, pageviews: 0 }

let template: OrganizationTemplate
let world: OrganizationWorld
beforeAll(async () => {
  template = await makeOrganization()
})
beforeEach(async () => {
  world = await template.open({ counts: { query: async (_sql, _params, row) => [row.parse(NOTHING_COUNTED)] } })
})
afterEach(() => world.close())
afterAll(() => template.remove())

const pageOf = async (answer: Response | Promise<Response>) => (await answer).text()
const speak = (name: 'owner' | 'viewer', language: string) =>
  world.cast[name].asker.post('/account/language', { language })

describe('a page speaks', () => {
  test.each([
    ['de-AT', 'de', 'Ihr Konto'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr', 'Votre compte'],
    ['it,de;q=0.7,en;q=0.3', 'de', 'Ihr Konto'],
    ['it', 'en', 'Your account'],
    ['', 'en', 'Your account'],
  ])('what the browser asks for by %j', async (accepted, language, title) => {
    const page = await pageOf(world.cast.viewer.asker.get('/account', { 'accept-language': accepted }))
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(`<h1>${title}</h1>`)
  })

  test('the language that the account has chosen, at once, and wherever it signs in after', async () => {
    const { asker, email } = world.cast.viewer
    const chosen = await asker.post('/account/language', { language: 'fr' }, GERMAN)
    expect(chosen.headers.get('location')).toBe('/account?news=language')
    const page = await pageOf(asker.get('/account?news=language', GERMAN))
    expect(page).toContain('<html lang="fr">')
    expect(page).toContain('Votre langue est modifiée.')
    expect(page).toContain('<option value="fr" lang="fr" selected="">Français</option>')

    const elsewhere = await world.nobody.post('/sign-in', { email, password: PASSWORD, next: '' }, GERMAN)
    expect(await pageOf(signedInBy(elsewhere, world).get('/account', GERMAN))).toContain('<html lang="fr">')
    // Somebody else is not asked.
    expect(await pageOf(world.cast.owner.asker.get('/account', GERMAN))).toContain('<html lang="de">')
  })

  test.each(['', 'it', '<b>'])('what the browser asks for again, once %j was chosen', async (language) => {
    await speak('viewer', 'fr')
    await speak('viewer', language)
    const page = await pageOf(world.cast.viewer.asker.get('/account', GERMAN))
    expect(page).toContain('<html lang="de">')
    expect(page).not.toContain('selected=""')
  })
})

describe('a form that was not taken says why in German:', () => {
  test.each([
    ['/account/name', { name: ' ' }, 'Ihr Name fehlt.'],
    ['/account/name', { name: 'x'.repeat(101) }, 'Ihr Name ist zu lang.'],
    ['/account/email', { email: 'x', password: PASSWORD }, 'Das ist keine E-Mail-Adresse.'],
    ['/account/email', { email: 'x@example.com', password: 'wrong' }, 'Das Passwort ist nicht richtig.'],
    ['/account/email', { email: 'vera@example.com', password: PASSWORD }, 'Ein anderes Konto hat diese Adresse.'],
    ['/account/password', { old: PASSWORD, password: 'short' }, 'Das Passwort braucht mindestens 10 Zeichen.'],
    ['/account/password', { old: 'wrong', password: PASSWORD }, 'Das Passwort ist nicht richtig.'],
    ['/account/second-factor', { password: 'wrong' }, 'Das Passwort ist nicht richtig.'],
  ])('%s with %j', async (path, fields, why) => {
    const refused = await world.cast.owner.asker.post(path, fields, GERMAN)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(why)
  })

  test('a sign-in', async () => {
    const refused = await world.nobody.post('/sign-in', { email: 'x', password: 'wrong', next: '' }, GERMAN)
    expect(await refused.text()).toContain('E-Mail oder Passwort ist nicht richtig.')
  })

  test('an invitation, with each reason once', async () => {
    const { organization, people, cast } = world
    const invited = {
      purpose: 'invitation',
      organization,
      email: 'nina@example.com',
      role: 'analyst',
      sites: [],
    } as const
    const secret = await people.organizations.invite(invited, { user: cast.owner.id })
    const page = await pageOf(world.nobody.post(`/invitation/${secret}`, {}, GERMAN))
    expect(page).toContain('Sie sind als <b>Analyst</b> eingeladen. Liest jede Website und schreibt Notizen.')
    expect(page).toContain('<ul><li>Ihr Name fehlt.</li><li>Das Passwort braucht mindestens 10 Zeichen.</li></ul>')
  })
})

describe('a mail', () => {
  const mailsOf = () => world.mails.map(({ to, subject }) => [to, subject])

  test('with a link for a new password speaks the language of the page, or else the one that its account has chosen', async () => {
    const { email } = world.cast.owner
    /** It leaves after the answer. */
    async function ask(nth: number) {
      await world.nobody.post('/reset', { email }, GERMAN)
      const mails = await until(
        async () => world.mails,
        ({ length }) => length === nth,
      )
      return mails[nth - 1]
    }
    const german = await ask(1)
    await speak('owner', 'fr')
    const french = await ask(2)
    expect(german?.subject).toBe(WORDS.de.letters.reset.subject)
    expect(german?.text).toContain(WORDS.de.letters.worksUntil('01.08.2024, 13:00 UTC'))
    expect(german?.html).toContain('<html lang="de">')
    expect(french?.subject).toBe(WORDS.fr.letters.reset.subject)
    expect(french?.text).toContain(`\n${WORDS.fr.letters.reset.choose}\u202f:\nhttp`)
    expect(french?.html).toContain('<html lang="fr">')
  })

  test('to the old address of an account says that it was changed, in the account’s language, and not to which', async () => {
    const { asker, email } = world.cast.viewer
    await speak('viewer', 'fr')
    const change = (next: string) => asker.post('/account/email', { email: next, password: PASSWORD }, GERMAN)
    await change(email)
    expect((await change('v@example.org')).status).toBe(303)
    const [mail] = await until(
      async () => world.mails,
      ({ length }) => length > 0,
    )
    expect(mail).toMatchObject({ to: email, subject: WORDS.fr.letters.addressChanged.subject })
    expect(mail?.text).not.toContain('v@example.org')
    expect(mail?.html).not.toContain('<a ')
    expect(world.mails).toHaveLength(1)
  })

  test('to the old address of an account is no way to fill the mailbox of a stranger', async () => {
    const { asker, email } = world.cast.viewer
    world.client.address = '203.0.113.7'
    const change = async (next: string) =>
      (await asker.post('/account/email', { email: next, password: PASSWORD })).status
    const answers: number[] = []
    for (let n = 0; n <= SLOW.perMinute; n++) answers.push(await change(n % 2 === 0 ? 'v@example.org' : email))
    expect(answers).toEqual([...Array.from({ length: SLOW.perMinute }, () => 303), 429])
    await until(
      async () => world.mails,
      ({ length }) => length === SLOW.perMinute,
    )
    world.wait(60_000)
    expect(await change('v@example.org')).toBe(303)
  })

  test('that invites speaks as the page of who invites', async () => {
    const { owner } = world.cast
    const invite = (email: string) =>
      owner.asker.post(`${world.path}/people/invite`, { email, role: 'manager' }, FRENCH)
    await invite('nina@example.com')
    await speak('owner', 'de')
    await invite('otto@example.com')
    expect(mailsOf()).toEqual([
      ['nina@example.com', WORDS.fr.letters.invitation.subject('Harbour')],
      ['otto@example.com', WORDS.de.letters.invitation.subject('Harbour')],
    ])
    expect(world.mails[1]?.text).toContain('Ihre Rolle dort: Verwalter.')
  })

  test('of the end of an organization speaks to each owner in theirs', async () => {
    const second = await world.add('Otto', 'owner')
    await second.asker.post('/account/language', { language: 'fr' })
    const ended = await world.cast.owner.asker.post(`${world.path}/end`, { name: 'Harbour' }, GERMAN)
    expect(ended.status).toBe(200)
    expect(mailsOf().toSorted()).toEqual([
      ['olga@example.com', WORDS.de.letters.end.subject('Harbour')],
      ['otto@example.com', WORDS.fr.letters.end.subject('Harbour')],
    ])
  })
})
