// Organizations and their people over their pages: who may invite, change and remove whom, what a link gives to whoever
// opens it, and that there always is an owner.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Counts } from '../collector/clickhouse.ts'
import { ROLES, type Role } from '../dashboard/access.ts'
import { ENGLISH } from '../dashboard/words.ts'
import {
  DAY,
  makeOrganization,
  type OrganizationTemplate,
  type OrganizationWorld,
  signedInBy,
} from './organization_world.ts'
import { join, PASSWORD } from './people.ts'

/** These pages ask for no number; a dashboard that they lead to may. */
const counts: Pick<Counts, 'query'> = { query: async () => [] }

let template: OrganizationTemplate
let world: OrganizationWorld
beforeAll(async () => {
  template = await makeOrganization()
})
beforeEach(async () => {
  world = await template.open({ counts })
})
afterEach(() => world.close())
afterAll(() => template.remove())

const roleOf = async (user: string) =>
  (await world.people.organizations.members(world.organization)).find((member) => member.user === user)?.role

const siteId = (domain: string) => String(world.sites.byDomain(domain)?.id)

/** Makes an invitation by the page, and returns what follows the origin in the link that it shows. */
async function invite(fields: Record<string, string>, by = world.cast.owner.asker): Promise<string> {
  const answer = await by.post(`${world.path}/people/invite`, { role: 'analyst', ...fields })
  const [, link] = /http:\/\/stats\.example(\/invitation\/[\w-]+)/.exec(await answer.text()) ?? []
  if (!link) throw new Error(`no link, but ${answer.status}`)
  return link
}

describe('the page of the people', () => {
  test('says who belongs to the organization, as what, and what that means', async () => {
    const page = await (await world.cast.owner.asker.get(`${world.path}/people`)).text()
    for (const name of ['Olga', 'Mia', 'Anna', 'Vera']) expect(page).toContain(name)
    for (const meaning of Object.values(ENGLISH.roles.meanings)) expect(page).toContain(meaning)
  })

  test.each([
    ['owner', 200],
    ['manager', 200],
    ['analyst', 403],
    ['viewer', 403],
  ] as const)('answers the %s with %i', async (name, status) => {
    expect((await world.cast[name].asker.get(`${world.path}/people`)).status).toBe(status)
  })

  test('shows a manager nothing to click on people who are not below them', async () => {
    const page = await (await world.cast.manager.asker.get(`${world.path}/people`)).text()
    expect(page).not.toContain('Remove Olga')
    expect(page).toContain('Remove Vera')
    expect(page).not.toContain('value="owner"')
  })
})

const below: Record<'owner' | 'manager', readonly Role[]> = { owner: ROLES, manager: ['analyst', 'viewer'] }
const acts = (['owner', 'manager'] as const).flatMap((actor) => ROLES.map((role) => ({ actor, role })))

describe('who may act on whom', () => {
  test.each(acts)('the $actor invites to $role only from above', async ({ actor, role }) => {
    const fields = { email: 'new@example.com', role, sites: siteId('one.example') }
    const answer = await world.cast[actor].asker.post(`${world.path}/people/invite`, fields)
    const isAllowed = below[actor].includes(role)
    expect(answer.status).toBe(isAllowed ? 200 : 422)
    expect(await world.people.links.invitations(world.organization)).toHaveLength(isAllowed ? 1 : 0)
  })

  test.each(acts)('the $actor removes a member who is $role only from above', async ({ actor, role }) => {
    const other = await world.add('Otto', role)
    const fields = { user: other.id, was: role }
    const answer = await world.cast[actor].asker.post(`${world.path}/people/remove`, fields)
    const isAllowed = below[actor].includes(role)
    expect([answer.status, await roleOf(other.id)]).toEqual(isAllowed ? [303, undefined] : [403, role])
  })

  test.each(acts)('the $actor makes an analyst $role only from above', async ({ actor, role }) => {
    const { id } = world.cast.analyst
    const fields = { user: id, was: 'analyst', role, sites: siteId('one.example') }
    const answer = await world.cast[actor].asker.post(`${world.path}/people/change`, fields)
    const isAllowed = below[actor].includes(role)
    expect([answer.status, await roleOf(id)]).toEqual(isAllowed ? [303, role] : [403, 'analyst'])
  })

  test.each(['analyst', 'viewer'] as const)('the %s acts on nobody', async (name) => {
    const { asker } = world.cast[name]
    for (const act of ['invite', 'withdraw', 'change', 'remove']) {
      const fields = { user: world.cast.viewer.id, was: 'viewer', role: 'analyst', email: 'new@example.com' }
      expect((await asker.post(`${world.path}/people/${act}`, fields)).status).toBe(403)
    }
    expect(await roleOf(world.cast.viewer.id)).toBe('viewer')
  })

  test('a manager withdraws no invitation to be a manager', async () => {
    const link = await invite({ email: 'new@example.com', role: 'manager' })
    const [open] = await world.people.links.invitations(world.organization)
    const answer = await world.cast.manager.asker.post(`${world.path}/people/withdraw`, {
      invitation: open?.hash ?? '',
    })
    expect(answer.status).toBe(403)
    expect((await world.nobody.get(link)).status).toBe(200)
  })

  test('nobody acts on members of another organization', async () => {
    const stranger = await world.add('Stig')
    const other = await world.people.organizations.make({ name: 'Umbrella', owner: stranger.id })
    const { asker } = world.cast.owner
    const fields = { user: stranger.id, was: 'owner', role: 'viewer' }
    expect((await asker.post(`/organizations/${other.id}/people/remove`, fields)).status).toBe(404)
    expect((await asker.post(`${world.path}/people/remove`, fields)).status).toBe(409)
    expect(await world.people.organizations.members(other.id)).toMatchObject([{ role: 'owner' }])
  })

  test('who became something else since the page was shown is left alone', async () => {
    const { viewer, owner, manager } = world.cast
    await owner.asker.post(`${world.path}/people/change`, { user: viewer.id, was: 'viewer', role: 'owner' })
    const answer = await manager.asker.post(`${world.path}/people/remove`, { user: viewer.id, was: 'viewer' })
    expect([answer.status, await roleOf(viewer.id)]).toEqual([409, 'owner'])
  })

  test('a form that was sent from another site changes nothing', async () => {
    const fields = { user: world.cast.viewer.id, was: 'viewer' }
    const from = { origin: 'https://evil.example' }
    expect((await world.cast.owner.asker.post(`${world.path}/people/remove`, fields, from)).status).toBe(403)
    expect(await roleOf(world.cast.viewer.id)).toBe('viewer')
  })
})

describe('what a member may', () => {
  test('ends with their membership, from the next click on', async () => {
    const { owner, analyst } = world.cast
    expect((await analyst.asker.get('/?site=one.example')).status).toBe(200)
    await owner.asker.post(`${world.path}/people/remove`, { user: analyst.id, was: 'analyst' })
    expect((await analyst.asker.get('/?site=one.example')).status).toBe(404)
  })

  test('is to read the chosen sites and no other for a viewer, until others are chosen', async () => {
    const { owner, viewer } = world.cast
    const seen = async () => {
      const answers = await Promise.all(
        ['one', 'two'].map((name) => viewer.asker.get(`/?${new URLSearchParams({ site: `${name}.example` })}`)),
      )
      return answers.map(({ status }) => status)
    }
    const choose = (domain: string) =>
      owner.asker.post(`${world.path}/people/change`, {
        ...{ user: viewer.id, was: 'viewer', role: 'viewer' },
        sites: siteId(domain),
      })
    expect(await seen()).toEqual([404, 404])
    await choose('one.example')
    expect(await seen()).toEqual([200, 404])
    await choose('two.example')
    expect(await seen()).toEqual([404, 200])
  })

  test('is no site of another organization, whatever the form says', async () => {
    const stranger = await world.add('Stig')
    const other = await world.people.organizations.make({ name: 'Umbrella', owner: stranger.id })
    await world.sites.add({ domain: 'foreign.example', organization: other.id })
    const { owner, viewer } = world.cast
    const fields = { user: viewer.id, was: 'viewer', role: 'viewer', sites: siteId('foreign.example') }
    await owner.asker.post(`${world.path}/people/change`, fields)
    expect((await viewer.asker.get('/?site=foreign.example')).status).toBe(404)
  })
})

describe('there always is an owner', () => {
  test.each([
    ['removed', 'people/remove'],
    ['demoted', 'people/change'],
    ['let go', 'leave'],
  ])('the last one is not %s', async (_, act) => {
    const { owner } = world.cast
    const answer = await owner.asker.post(`${world.path}/${act}`, { user: owner.id, was: 'owner', role: 'viewer' })
    expect([answer.status, await roleOf(owner.id)]).toEqual([409, 'owner'])
    expect(await answer.text()).toContain('keeps an owner')
  })

  test.each(['people/change', 'people/remove'])(
    'one is left when two owners use %s on each other at once',
    async (act) => {
      const { owner } = world.cast
      const second = await world.add('Otto', 'owner')
      const answers = await Promise.all([
        owner.asker.post(`${world.path}/${act}`, { user: second.id, was: 'owner', role: 'viewer' }),
        second.asker.post(`${world.path}/${act}`, { user: owner.id, was: 'owner', role: 'viewer' }),
      ])
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
      const members = await world.people.organizations.members(world.organization)
      expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1)
    },
  )

  test('it is handed over by making another one, then stepping down', async () => {
    const { owner, manager } = world.cast
    const change = (user: string, was: Role, role: Role) =>
      owner.asker.post(`${world.path}/people/change`, { user, was, role })
    expect((await change(manager.id, 'manager', 'owner')).status).toBe(303)
    expect((await change(owner.id, 'owner', 'analyst')).status).toBe(303)
    expect([await roleOf(owner.id), await roleOf(manager.id)]).toEqual(['analyst', 'owner'])
  })
})

describe('an invitation', () => {
  const account = { name: 'Nina', password: PASSWORD }

  test('makes an account for the invited address, with the role and the sites of the link, not of the form', async () => {
    const link = await invite({ email: 'Nina@Example.com', role: 'viewer', sites: siteId('two.example') })
    expect(await (await world.nobody.get(link)).text()).toContain('nina@example.com')
    const form = { ...account, email: 'eve@example.com', role: 'owner', sites: siteId('one.example') }
    const answer = await world.nobody.post(link, form)
    expect(answer.status).toBe(303)
    const nina = signedInBy(answer, world)
    expect((await nina.get('/?site=two.example')).status).toBe(200)
    expect((await nina.get('/?site=one.example')).status).toBe(404)
    const members = await world.people.organizations.members(world.organization)
    expect(members.find(({ name }) => name === 'Nina')).toMatchObject({ email: 'nina@example.com', role: 'viewer' })
  })

  test('opens once', async () => {
    const link = await invite({ email: 'nina@example.com' })
    await world.nobody.post(link, account)
    expect((await world.nobody.get(link)).status).toBe(410)
    expect((await world.nobody.post(link, account)).status).toBe(410)
  })

  test('lets one in when two open it at once', async () => {
    const nina = await world.add('Nina')
    const link = await invite({ email: nina.email })
    const answers = await Promise.all([nina.asker.post(link), nina.asker.post(link)])
    expect(answers.map(({ status }) => status)).toContain(303)
    const joined = await world.people.audit.read(world.organization, { act: 'member joined', limit: 9 })
    expect(joined.filter(({ who }) => who.startsWith('Nina'))).toHaveLength(1)
  })

  test('is made three times at once for one address, and again after one was withdrawn', async () => {
    for (let made = 0; made < 3; made++) await invite({ email: 'often@example.com' })
    const again = { role: 'analyst', email: 'often@example.com' }
    const refused = await world.cast.owner.asker.post(`${world.path}/people/invite`, again)
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('three open invitations')])
    const [first] = await world.people.links.invitations(world.organization)
    await world.cast.owner.asker.post(`${world.path}/people/withdraw`, { invitation: first?.hash ?? '' })
    expect((await world.cast.owner.asker.post(`${world.path}/people/invite`, again)).status).toBe(200)
  })

  test('ends after seven days', async () => {
    const link = await invite({ email: 'nina@example.com' })
    world.wait(7 * DAY - 1000)
    expect((await world.nobody.get(link)).status).toBe(200)
    world.wait(1000)
    expect((await world.nobody.get(link)).status).toBe(410)
    expect((await world.nobody.post(link, account)).status).toBe(410)
  })

  test('ends when it is withdrawn', async () => {
    const link = await invite({ email: 'nina@example.com' })
    const [open] = await world.people.links.invitations(world.organization)
    await world.cast.manager.asker.post(`${world.path}/people/withdraw`, { invitation: open?.hash ?? '' })
    expect((await world.nobody.post(link, account)).status).toBe(410)
  })

  test('that is withdrawn while an account is made for it leaves no account', async () => {
    const { auth, accounts, links, organizations } = world.people
    const link = await invite({ email: 'nina@example.com' })
    const [open] = await links.invitations(world.organization)
    const { add } = auth
    auth.add = async (made) => {
      const account = await add(made)
      await organizations.withdraw(world.organization, open?.hash ?? '', 'operator')
      return account
    }
    expect((await world.nobody.post(link, account)).status).toBe(410)
    expect(await accounts.byEmail('nina@example.com')).toBeUndefined()
  })

  test.each([
    ['is removed', 'remove'],
    ['may invite no more', 'change'],
  ])('ends when who made it %s, who could have kept it', async (_, act) => {
    const { owner, manager } = world.cast
    const link = await invite({ email: 'nina@example.com' }, manager.asker)
    const kept = await invite({ email: 'nora@example.com' })
    await owner.asker.post(`${world.path}/people/${act}`, { user: manager.id, was: 'manager', role: 'analyst' })
    expect((await world.nobody.get(link)).status).toBe(410)
    expect((await world.nobody.get(kept)).status).toBe(200)
  })

  test('takes who has an account in by one click, after signing in', async () => {
    const nina = await world.add('Nina')
    const link = await invite({ email: nina.email })
    const asked = await (await world.nobody.get(link)).text()
    expect(asked).toContain(`/sign-in?${new URLSearchParams({ next: link }).toString()}`)
    expect((await world.nobody.post(link, account)).status).toBe(422)
    expect(await (await nina.asker.get(link)).text()).toContain('Join as Nina')
    expect((await nina.asker.post(link)).status).toBe(303)
    expect(await roleOf(nina.id)).toBe('analyst')
  })

  test('is not for somebody else who is signed in', async () => {
    const eve = await world.add('Eve')
    const link = await invite({ email: 'nina@example.com' })
    const page = await (await eve.asker.get(link)).text()
    expect(page).toContain('This invitation is for nina@example.com, and you are signed in as eve@example.com')
    expect((await eve.asker.post(link)).status).toBe(422)
    expect(await roleOf(eve.id)).toBeUndefined()
  })

  test('makes nobody less than they are', async () => {
    const { owner, manager } = world.cast
    const refused = await manager.asker.post(`${world.path}/people/invite`, { email: owner.email, role: 'viewer' })
    expect(refused.status).toBe(422)
    const late = await world.add('Nina')
    const link = await invite({ email: late.email, role: 'viewer', sites: siteId('one.example') })
    await join(world.people, { organization: world.organization, user: late.id, email: late.email, role: 'owner' })
    await late.asker.post(link)
    expect(await roleOf(late.id)).toBe('owner')
  })

  test('is mailed where mail is set up, with the link that the page shows', async () => {
    const link = await invite({ email: 'nina@example.com' })
    expect(world.mails).toMatchObject([{ to: 'nina@example.com', subject: 'Invitation to Harbour' }])
    expect(world.mails[0]?.text).toContain(`http://stats.example${link}`)
  })

  test('is mailed in the name of this Sundial, so its link leads nowhere else, whatever a Host header says', async () => {
    const fields = { email: 'nina@example.com', role: 'analyst' }
    const manager = world.asker(world.cast.manager.asker.cookie, 'http://evil.example')
    expect((await manager.post(`${world.path}/people/invite`, fields)).status).toBe(200)
    expect(world.mails).toHaveLength(1)
    expect(world.mails[0]?.text).toContain('http://stats.example/invitation/')
    expect(world.mails[0]?.text).not.toContain('evil.example')
  })

  test('is shown all the same when the mail cannot be sent', async () => {
    world.mailing.works = false
    const fields = { email: 'nina@example.com', role: 'analyst' }
    const page = await (await world.cast.owner.asker.post(`${world.path}/people/invite`, fields)).text()
    expect(page).toContain('The mail could not be sent.')
    expect(page).toContain('/invitation/')
  })

  test.each([
    [{ email: 'no address', role: 'analyst' }, 'That is no e-mail address.'],
    [{ email: 'a@example.com', role: 'king' }, 'Choose a role that is yours to give.'],
    [{ email: 'a@example.com', role: 'viewer' }, 'Tick the sites that the viewer may read.'],
  ])('is not made of %j', async (fields, sentence) => {
    const answer = await world.cast.owner.asker.post(`${world.path}/people/invite`, fields)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(sentence)
  })

  test('shows no markup that somebody has written into a name', async () => {
    const name = '<script>alert(1)</script>'
    await world.cast.owner.asker.post(`${world.path}/name`, { name })
    const link = await invite({ email: 'nina@example.com' })
    expect(await (await world.nobody.get(link)).text()).not.toContain('<script')
  })
})

describe('an organization', () => {
  test('is renamed by its owner only', async () => {
    const { owner, manager } = world.cast
    expect((await manager.asker.post(`${world.path}/name`, { name: 'Mine' })).status).toBe(403)
    expect((await owner.asker.post(`${world.path}/name`, { name: '' })).status).toBe(422)
    expect((await owner.asker.post(`${world.path}/name`, { name: 'Port' })).status).toBe(303)
    expect(await world.people.organizations.byId(world.organization)).toMatchObject({ name: 'Port' })
  })

  test('is left by whoever likes to', async () => {
    const { analyst } = world.cast
    expect(await (await analyst.asker.get(world.path)).text()).toContain('Leave Harbour')
    expect((await analyst.asker.post(`${world.path}/leave`)).status).toBe(303)
    expect(await roleOf(analyst.id)).toBeUndefined()
  })

  test('is made by whoever owns one, and takes over no site', async () => {
    const { owner, manager } = world.cast
    expect((await manager.asker.post('/organizations', { name: 'Mine' })).status).toBe(403)
    const answer = await owner.asker.post('/organizations', { name: 'Second' })
    expect(answer.status).toBe(303)
    const memberships = await world.people.organizations.memberships(owner.id)
    expect(memberships.map(({ organization }) => organization.name)).toEqual(['Harbour', 'Second'])
    const second = memberships[1]?.organization.id ?? ''
    expect(answer.headers.get('location')).toBe(`/organizations/${second}`)
    expect(world.sites.ofOrganization(second)).toEqual([])
  })
})

describe('in the language of the reader', () => {
  const speaking = (language: string) => ({ 'accept-language': language })

  test.each([
    ['de', ['Mitglieder', '4 Personen', 'Inhaber', 'Liest jede Website und schreibt Notizen.', 'Vera entfernen']],
    ['fr', ['Membres', '4 personnes', 'propriétaire', 'Lit tous les sites et écrit des notes.', 'Retirer Vera']],
  ])('%s the page of the people says who may what', async (language, sentences) => {
    await invite({ email: 'nina@example.com' })
    const answer = await world.cast.owner.asker.get(`${world.path}/people`, speaking(language))
    const page = await answer.text()
    for (const sentence of sentences) expect(page).toContain(sentence)
    for (const english of [...Object.values(ENGLISH.roles.meanings), '>owner<', '>viewer<', 'until '])
      expect(page).not.toContain(english)
  })

  test.each([
    ['invite', { email: 'no address', role: 'king' }, ['Das ist keine E-Mail-Adresse.', 'Wählen Sie eine Rolle']],
    ['invite', { email: 'a@example.com', role: 'viewer' }, ['Kreuzen Sie die Websites an']],
    ['invite', { email: 'mia@example.com', role: 'analyst' }, ['Diese Person gehört schon zu dieser Organisation.']],
    ['remove', { user: 'nobody', was: 'owner' }, ['Jemand anderes hat das inzwischen geändert.']],
  ])('de a refusal to %s %j says why', async (act, fields, sentences) => {
    const answer = await world.cast.owner.asker.post(`${world.path}/people/${act}`, fields, speaking('de'))
    const page = await answer.text()
    for (const sentence of sentences) expect(page).toContain(sentence)
  })

  test.each([
    ['de', 'leave', {}, 'Eine Organisation behält einen Inhaber'],
    ['fr', 'leave', {}, 'Une organisation garde un propriétaire'],
    ['de', 'name', { name: ' ' }, 'Der Name fehlt.'],
    ['fr', 'name', { name: 'x'.repeat(101) }, 'Le nom est trop long.'],
    ['de', 'end', { name: 'Hafen' }, 'Geben Sie Harbour ein, um die Organisation zu löschen.'],
  ])('%s what could not be done by %s %j is said on the page', async (language, act, fields, sentence) => {
    const answer = await world.cast.owner.asker.post(`${world.path}/${act}`, fields, speaking(language))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).toContain(sentence)
  })
})
