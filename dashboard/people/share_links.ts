// Share links: whoever has the address, and types its password where it has one, reads one site as an outsider, until it is
// withdrawn. The address is shown once; here lies its hash. Made and withdrawn in the site's settings, looked up by the door.
import { createHmac } from 'node:crypto'
import * as z from 'zod/mini'
import { type Statement, secondOf } from '../../collector/ledger.ts'
import type { SettingsStore } from '../../collector/sites.ts'
import type { Words } from '../words.ts'
import type { Auth, Refused } from './auth.ts'
import { hashOf, isSame, makeSecret } from './secret.ts'

export interface ShareLink {
  /** Identifies it in lists, opens nothing. */
  id: string
  name: string
  /** Pages of the site itself may show it in a frame. */
  framed: boolean
  /** Opens after a password only. */
  withPassword: boolean
  /** UTC day. */
  createdOn: string
}

/** What an address leads to. */
export interface OpenedLink {
  id: string
  site: number
  framed: boolean
  withPassword: boolean
  /** Its password is still to come. */
  locked: boolean
}

export interface ShareLinks {
  /** What this secret opens. `pass` is what a right password has left in the browser. */
  find(secret: string, pass?: string): Promise<OpenedLink | undefined>
  /** A pass for the browser, if this is its password; nobody else can make one, and it ends by itself. */
  unlock(secret: string, password: string): Promise<{ pass: string } | Refused>
  /** Newest first. */
  ofSite(site: number): Promise<ShareLink[]>
  /** Makes one, together with `also`; its secret, or why there is none. */
  make(
    link: { site: number } & Pick<NewLink, 'name'> & Partial<NewLink>,
    also: readonly Statement[],
  ): Promise<{ id: string; secret: string } | { refused: readonly LinkRefusal[] }>
  /** From then on its address opens nothing. `also` is written with it. */
  withdraw(link: { site: number; id: string }, also: readonly Statement[]): Promise<void>
}

export interface NewLink {
  name: string
  framed: boolean
  /** '' for none. */
  password: string
}

export type LinkRefusal =
  | 'nameMissing'
  | 'nameTooLong'
  | 'passwordTooShort'
  | 'passwordTooLong'
  | 'passwordInFrame'
  | 'tooMany'

export const LONGEST_NAME = 100
/** Guessing is slow, and whoever guesses has the address already. */
export const LINK_PASSWORD = { least: 8, most: 128 } as const
const MOST_LINKS = 50
/** Milliseconds after which a password is asked for again, also in a browser that is never closed. */
const PASS_LASTS = 12 * 3_600_000

interface ShareLinksDeps {
  db: SettingsStore
  passwords: Pick<Auth, 'hashPassword' | 'isHashOf'>
  /** At least 32 characters. */
  secret: string
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createShareLinks({ db, passwords, secret: key, now, random }: ShareLinksDeps): ShareLinks {
  async function ofSite(site: number): Promise<ShareLink[]> {
    const rows = await db.all(OF_SITE, site)
    return rows.map((row) => readLink(row))
  }

  async function rowOf(secret: string): Promise<z.infer<typeof openedRow> | undefined> {
    const [row] = await db.all(FIND, hashOf(secret))
    return row === undefined ? undefined : openedRow.parse(row)
  }

  /** Of this link with this password: another one, or the same with another, has other passes. */
  function passUntil(ends: string, id: string, passwordHash: string): string {
    const mark = createHmac('sha256', key).update(`share pass\0${id}\0${passwordHash}\0${ends}`).digest('base64url')
    return `${ends}.${mark}`
  }

  function isPass(given: string, id: string, passwordHash: string): boolean {
    const [ends = ''] = given.split('.', 1)
    return /^\d{1,16}$/.test(ends) && now() < Number(ends) && isSame(given, passUntil(ends, id, passwordHash))
  }

  return {
    ofSite,
    async find(secret, pass = '') {
      const row = await rowOf(secret)
      if (!row) return undefined
      const { id, site, framed, password } = row
      const locked = password !== null && !isPass(pass, id, password)
      return { id, site, framed: framed === 1, withPassword: password !== null, locked }
    },
    async unlock(secret, given) {
      const row = await rowOf(secret)
      if (!row || row.password === null || !(await passwords.isHashOf(row.password, given))) return { refused: true }
      return { pass: passUntil(String(now() + PASS_LASTS), row.id, row.password) }
    },
    async make({ site, name, framed = false, password = '' }, also) {
      const refused = whyNot({ name, framed, password })
      if (refused.length > 0) return { refused }
      if ((await ofSite(site)).length >= MOST_LINKS) return { refused: ['tooMany'] }
      const secret = makeSecret(random)
      const id = Buffer.from(random(9)).toString('base64url')
      const hash = password === '' ? null : await passwords.hashPassword(password)
      const params = [id, site, name, hashOf(secret), secondOf(now()).slice(0, 10), Number(framed), hash]
      await db.batch([{ sql: INSERT, params }, ...also])
      return { id, secret }
    },
    withdraw: ({ site, id }, also) => db.batch([{ sql: DELETE, params: [id, site] }, ...also]),
  }
}

/** In sentences. */
export function sayLinkRefusals(refused: readonly LinkRefusal[], { sharing }: Pick<Words, 'sharing'>): string[] {
  const said = {
    ...sharing.refusals,
    nameTooLong: sharing.refusals.nameTooLong(LONGEST_NAME),
    passwordTooShort: sharing.refusals.passwordTooShort(LINK_PASSWORD.least),
    passwordTooLong: sharing.refusals.passwordTooLong(LINK_PASSWORD.most),
    tooMany: sharing.refusals.tooMany(MOST_LINKS),
  } satisfies Record<LinkRefusal, string>
  return refused.map((why) => said[why])
}

function whyNot({ name, framed, password }: NewLink): LinkRefusal[] {
  return [
    ...(name === '' ? (['nameMissing'] as const) : []),
    ...(name.length > LONGEST_NAME ? (['nameTooLong'] as const) : []),
    ...(password !== '' && password.length < LINK_PASSWORD.least ? (['passwordTooShort'] as const) : []),
    ...(password.length > LINK_PASSWORD.most ? (['passwordTooLong'] as const) : []),
    // In a frame of another site browsers leave the pass out: https://www.rfc-editor.org/rfc/rfc6265bis#section-5.2
    ...(password !== '' && framed ? (['passwordInFrame'] as const) : []),
  ]
}

const FIND = '/* share_links.find */ SELECT id, site, framed, password FROM share_links WHERE hash = ?'
const OF_SITE = `/* share_links.of_site */ SELECT id, name, created_on, framed, password IS NOT NULL AS with_password
FROM share_links WHERE site = ? ORDER BY rowid DESC`
const INSERT = `/* share_links.make */ INSERT INTO share_links (id, site, name, hash, created_on, framed, password)
VALUES (?, ?, ?, ?, ?, ?, ?)`
const DELETE = '/* share_links.withdraw */ DELETE FROM share_links WHERE id = ? AND site = ?'

const openedRow = z.object({ id: z.string(), site: z.number(), framed: z.number(), password: z.nullable(z.string()) })
const linkRow = z.object({
  id: z.string(),
  name: z.string(),
  created_on: z.string(),
  framed: z.number(),
  with_password: z.number(),
})

function readLink(row: unknown): ShareLink {
  const { created_on: createdOn, framed, with_password: withPassword, ...link } = linkRow.parse(row)
  return { ...link, createdOn, framed: framed === 1, withPassword: withPassword === 1 }
}
