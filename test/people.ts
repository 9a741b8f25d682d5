// People for the tests: the owner of a running server or of Workers, made through the set-up link as anybody makes one,
// and whoever else a test needs behind pages that it opens itself.

import { randomBytes } from 'node:crypto'
import { createD1Settings } from '../collector/sites_d1.ts'
import type { Role } from '../dashboard/access.ts'
import { createLinks } from '../dashboard/people/links.ts'
import type { People } from '../dashboard/people/people.ts'
import type { RunningServer } from './server.ts'
import type { Workers } from './workerd.ts'

export const PASSWORD = 'a password of the tests'
export const OWNER = { name: 'Ann', email: 'ann@example.com', password: PASSWORD, organization: 'Example' }

/** Somebody who asks the dashboard. */
export interface Asker {
  /** '' for who has not signed in. */
  cookie: string
  /** `path` from BASE_PATH on. Redirects are answers. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Sends a form as a page of this dashboard does. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

interface Sent {
  method?: string
  headers: Record<string, string>
  body?: string
  redirect: 'manual'
}

/** How to reach it: an address for fetch, a Hono app, a Worker. */
type Send = (url: string, sent: Sent) => Promise<Response>

/** Who asks at an address such as 'http://127.0.0.1:8787/stats'. */
export function createAsker(address: string, cookie: string, send: Send = fetch): Asker {
  const own: Record<string, string> = cookie === '' ? {} : { cookie }
  const { origin } = new URL(address)
  return {
    cookie,
    get: (path, headers = {}) => send(`${address}${path}`, { headers: { ...own, ...headers }, redirect: 'manual' }),
    post: (path, fields = {}, headers = {}) =>
      send(`${address}${path}`, {
        method: 'POST',
        headers: { ...own, origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      }),
  }
}

/** The pairs of a Cookie header that an answer leaves in a browser. */
export function cookieOf(setCookie: readonly string[]): string {
  return setCookie.map((cookie) => cookie.split(';', 1)[0]).join('; ')
}

/** The owner of a running server, who is made by the link that it has printed, or signs in where there is none. */
export async function makeOwner(server: Pick<RunningServer, 'address' | 'log'>): Promise<Asker> {
  const [, token] = /\/setup\/(\S+)/.exec(server.log()) ?? []
  return token === undefined ? signInAt(server.address, OWNER) : setUp(server.address, token)
}

async function signInAt(address: string, { email, password }: typeof OWNER): Promise<Asker> {
  const answer = await createAsker(address, '').post('/sign-in', { email, password })
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`)
  return createAsker(address, cookieOf(answer.headers.getSetCookie()))
}

/** Makes the owner of the Workers; over TLS, as anybody comes there. */
export async function makeOwnerOf(workers: Workers): Promise<Asker> {
  const links = createLinks({ db: createD1Settings(workers.database), now: Date.now, random: randomBytes })
  return setUp(ON_WORKERS, await links.create({ purpose: 'setup' }), sendTo(workers))
}

/** Who asks the dashboard Worker; '' for nobody known. */
export function askerOf(workers: Workers, cookie = ''): Asker {
  return createAsker(ON_WORKERS, cookie, sendTo(workers))
}

const ON_WORKERS = 'https://stats.example'

function sendTo({ harness }: Workers): Send {
  const worker = harness.getWorker('sundial-dashboard')
  return async (url, sent) => {
    const answer = await worker.fetch(url, sent)
    // The harness brings a Response of its own.
    const body = await answer.arrayBuffer()
    return new Response(body.byteLength > 0 ? body : null, { status: answer.status, headers: [...answer.headers] })
  }
}

async function setUp(address: string, token: string, send?: Send): Promise<Asker> {
  const answer = await createAsker(address, '', send).post(`/setup/${token}`, OWNER)
  if (answer.status !== 303) throw new Error(`the set-up link answered ${answer.status}`)
  return createAsker(address, cookieOf(answer.headers.getSetCookie()), send)
}

interface Newcomer {
  name: string
  /** '' to belong nowhere. */
  organization: string
  role: Role
  sites?: readonly number[]
}

/** An account behind pages that are asked in this process; its Cookie header over plain HTTP. */
export async function addPerson(
  people: Pick<People, 'auth' | 'links' | 'organizations'>,
  { name, organization, role, sites = [] }: Newcomer,
): Promise<{ id: string; email: string; cookie: string }> {
  const email = `${name.toLowerCase()}@example.com`
  const { id } = await people.auth.add({ name, email, password: PASSWORD })
  if (organization !== '') await join(people, { organization, user: id, email, role, sites })
  const signedIn = await people.auth.signIn({ email, password: PASSWORD }, { cookie: '', secure: false })
  if (!('cookies' in signedIn)) throw new Error(`${name} cannot sign in`)
  return { id, email, cookie: cookieOf(signedIn.cookies) }
}

interface Joining {
  organization: string
  user: string
  /** Of the account. */
  email: string
  role: Role
  sites?: readonly number[]
}

/** Makes a member of who has an account, as an invitation does. */
export async function join(
  { links, organizations }: Pick<People, 'links' | 'organizations'>,
  { organization, user, email, role, sites = [] }: Joining,
): Promise<void> {
  const secret = await links.create({ purpose: 'invitation', organization, email, role, sites })
  const link = await links.find(secret, 'invitation')
  if (!link || !(await organizations.accept(link, user))) throw new Error(`${email} could not join`)
}
