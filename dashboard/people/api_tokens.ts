// API tokens: by them programs read an organization's numbers or manage its sites. The secret is shown once; here lies its
// hash. Asked by api/reader.ts for every request that brings one; made and withdrawn by tokens.tsx and `sundial token`.
import * as z from 'zod/mini'
import { secondOf } from '../../collector/ledger.ts'
import type { SettingsStore, Site } from '../../collector/sites.ts'
import type { Actor, Audit } from './audit.ts'
import { hashOf, makeSecret } from './secret.ts'

export const SCOPES = ['read', 'manage'] as const
export type Scope = (typeof SCOPES)[number]

export interface ApiToken {
  /** Identifies it in lists, opens nothing. */
  id: string
  organization: string
  name: string
  scope: Scope
  /** Ids of the sites it is for; undefined for all of its organization, also those to come. */
  sites: readonly number[] | undefined
  /** UTC days. */
  createdOn: string
  lastUsedOn: string | undefined
}

export interface NewToken extends Pick<ApiToken, 'organization' | 'name' | 'scope' | 'sites'> {}

export interface ApiTokens {
  /** The secret, which nobody can read again. Only sites of the organization become sites of the token. */
  make(token: NewToken, actor: Actor): Promise<{ id: string; secret: string }>
  /** Oldest first. */
  list(organization: string): Promise<ApiToken[]>
  /** False where the organization has no such token. */
  withdraw(token: Pick<ApiToken, 'id' | 'organization'>, actor: Actor): Promise<boolean>
  /**
   * By its secret, and notes that it was used today. None of an organization that is being deleted: such a token does
   * nothing.
   */
  find(secret: string): Promise<ApiToken | undefined>
}

/** So that scanners of source code can tell what they have found: the secret of a token, in which a link's stands. */
const PREFIX = 'sdl_'
const SECRET = /^sdl_[\w-]{32}$/

interface ApiTokensDeps {
  db: SettingsStore
  audit: Pick<Audit, 'entry'>
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createApiTokens({ db, audit, now, random }: ApiTokensDeps): ApiTokens {
  const today = () => secondOf(now()).slice(0, 10)

  /** Once a day at most: reading costs no writing. */
  async function noteUse(token: ApiToken): Promise<ApiToken> {
    const lastUsedOn = today()
    if (token.lastUsedOn === lastUsedOn) return token
    await db.run(USED, lastUsedOn, token.id)
    return { ...token, lastUsedOn }
  }

  return {
    async make({ organization, name, scope, sites }, actor) {
      const id = Buffer.from(random(9)).toString('base64url')
      const secret = `${PREFIX}${makeSecret(random)}`
      const chosen = sites === undefined ? null : JSON.stringify(sites)
      await db.batch([
        { sql: INSERT, params: [id, organization, name, hashOf(secret), scope, chosen, organization, chosen, today()] },
        audit.entry({ organization, actor, act: 'token made', details: { name, scope } }),
      ])
      return { id, secret }
    },
    async list(organization) {
      const rows = await db.all(LIST, organization)
      return rows.map((row) => readToken(row))
    },
    async withdraw({ organization, id }, actor) {
      const [row] = await db.all(BY_ID, organization, id)
      if (row === undefined) return false
      const { name } = readToken(row)
      await db.batch([
        { sql: DELETE, params: [organization, id] },
        audit.entry({ organization, actor, act: 'token withdrawn', details: { name } }, { ifChanged: true }),
      ])
      return true
    },
    async find(secret) {
      if (!SECRET.test(secret)) return undefined
      const [row] = await db.all(FIND, hashOf(secret))
      return row === undefined ? undefined : noteUse(readToken(row))
    },
  }
}

/** Whether a token is for a site. Ids of sites are never given again, so a list outlives the sites in it. */
export function isFor({ organization, sites }: ApiToken, site: Site): boolean {
  return site.organization === organization && !site.closed && (sites === undefined || sites.includes(site.id))
}

const COLUMNS = 'api_tokens.id, organization, api_tokens.name, scope, sites, created_on, last_used_on'
const INSERT = `/* api_tokens.make */ INSERT INTO api_tokens (id, organization, name, hash, scope, sites, created_on)
SELECT ?, ?, ?, ?, ?,
  CASE WHEN ? IS NULL THEN NULL ELSE
    (SELECT json_group_array(id) FROM sites WHERE organization = ? AND id IN (SELECT value FROM json_each(?)))
  END, ?`
const LIST = `/* api_tokens.list */ SELECT ${COLUMNS} FROM api_tokens WHERE organization = ? ORDER BY rowid`
const BY_ID = `/* api_tokens.by_id */ SELECT ${COLUMNS} FROM api_tokens WHERE organization = ? AND id = ?`
const FIND = `/* api_tokens.find */ SELECT ${COLUMNS}
FROM api_tokens
JOIN organizations ON organizations.id = organization
WHERE hash = ? AND ends_on IS NULL`
const USED = '/* api_tokens.used */ UPDATE api_tokens SET last_used_on = ? WHERE id = ?'
const DELETE = '/* api_tokens.withdraw */ DELETE FROM api_tokens WHERE organization = ? AND id = ?'

const TOKEN_PROBLEMS = ['nameMissing', 'nameTooLong', 'nameNotOneLine', 'scopeUnknown'] as const
/** What is wrong with what was asked for, as words.tokens.problems says it. */
export type TokenProblem = (typeof TOKEN_PROBLEMS)[number]

const problem = (name: TokenProblem) => name
const newToken = z.object({
  name: z
    .string(problem('nameMissing'))
    .check(
      z.trim(),
      z.minLength(1, problem('nameMissing')),
      z.maxLength(100, problem('nameTooLong')),
      z.regex(/^\P{Cc}*$/u, problem('nameNotOneLine')),
    ),
  scope: z.enum(SCOPES, problem('scopeUnknown')),
})

/** What a person or the command line asks for. */
export function readNewToken(asked: unknown): Pick<NewToken, 'name' | 'scope'> | { problems: TokenProblem[] } {
  const read = newToken.safeParse(asked)
  if (read.success) return read.data
  return { problems: read.error.issues.flatMap(({ message }) => TOKEN_PROBLEMS.filter((one) => one === message)) }
}

const tokenRow = z.object({
  id: z.string(),
  organization: z.string(),
  name: z.string(),
  scope: z.enum(SCOPES),
  sites: z.nullable(z.string()),
  created_on: z.string(),
  last_used_on: z.nullable(z.string()),
})
const siteIds = z.array(z.number())

function readToken(row: unknown): ApiToken {
  const { sites, created_on, last_used_on, ...token } = tokenRow.parse(row)
  return {
    ...token,
    sites: sites === null ? undefined : siteIds.parse(JSON.parse(sites)),
    createdOn: created_on,
    lastUsedOn: last_used_on ?? undefined,
  }
}
