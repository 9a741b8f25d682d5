// `sundial token`: API tokens from the command line, for whoever has it. The audit log of the organization says so.
import type { SettingsStore, Site } from '../../collector/sites.ts'
import { type ApiToken, type ApiTokens, createApiTokens, readNewToken, SCOPES } from '../people/api_tokens.ts'
import { createAudit } from '../people/audit.ts'
import { createLinks } from '../people/links.ts'
import { createOrganizations, type Organization } from '../people/organizations.ts'
import { ENGLISH } from '../words.ts'
import { type Definition, type Stores, SUNDIAL, UsageError } from './command.ts'

interface TokenCommandDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

interface TokenCommands {
  tokenCreate: Definition
  tokenList: Definition
  tokenRemove: Definition
}

const ORGANIZATION = {
  value: '<name>',
  meaning: 'The organization, by name or id; needed where there are several.',
} as const

export function createTokenCommands({ now, random }: TokenCommandDeps): TokenCommands {
  function open({ settings }: Stores): { db: SettingsStore; apiTokens: ApiTokens } {
    if (!settings) throw new Error('There is no settings store here.')
    const audit = createAudit({ db: settings, now })
    return { db: settings, apiTokens: createApiTokens({ db: settings, audit, now, random }) }
  }

  function openOrganizations(db: SettingsStore) {
    const links = createLinks({ db, now, random })
    return createOrganizations({ db, audit: createAudit({ db, now }), links, now, random })
  }

  /** Those that are meant: the one named, or all. */
  async function organizationsIn(db: SettingsStore, named: string | undefined): Promise<Organization[]> {
    const all = await openOrganizations(db).all()
    if (all.length === 0) throw new Error(`There is no organization yet: the first owner makes it, by the set-up link.`)
    if (named === undefined) return all
    const found = all.filter(({ id, name }) => id === named || name === named)
    if (found.length === 0) throw new Error(`There is no organization ${named}; there is ${namesOf(all)}.`)
    return found
  }

  async function theOrganization(db: SettingsStore, named: string | undefined): Promise<Organization> {
    const [first, ...others] = await organizationsIn(db, named)
    if (first && others.length === 0) return first
    const several = `There are several organizations; say which by --organization <id>:`
    throw new Error([several, ...[first, ...others].map((one) => `  ${one?.id}  ${one?.name}`)].join('\n'))
  }

  const tokenCreate: Definition = {
    name: 'token create',
    summary: 'Makes an API token and shows it this once.',
    words: ['name'],
    options: {
      scope: { value: `<${SCOPES.join('|')}>`, meaning: meaningOfScopes() },
      organization: ORGANIZATION,
      site: {
        value: '<domain>',
        many: true,
        meaning: 'A site it is for; repeat for more. Without it: all sites of the organization, also those to come.',
      },
    },
    notes: ['The token is the last line of what it prints, and the only one on standard output.'],
    d1: true,
    async run(given, stores, terminal) {
      const read = readNewToken({ name: given.word('name'), scope: given.text('scope') })
      if ('problems' in read) {
        const problems = read.problems.map((problem) => ENGLISH.tokens.problems[problem]).join('\n')
        throw new UsageError(`${problems}\nSee: ${SUNDIAL} token create --help`)
      }
      const { db, apiTokens } = open(stores)
      await stores.sites.fresh()
      const organization = await theOrganization(db, given.text('organization'))
      const own = stores.sites.ofOrganization(organization.id)
      const sites = given.list('site')
      const foreign = sites?.filter((wanted) => !own.some(({ domain }) => domain === wanted)) ?? []
      if (foreign.length > 0) {
        for (const domain of foreign) terminal.err(`${organization.name} has no site ${domain}.`)
        return 1
      }
      const ids = sites?.length ? own.filter(({ domain }) => sites.includes(domain)).map(({ id }) => id) : undefined
      const { id, secret } = await apiTokens.make({ ...read, organization: organization.id, sites: ids }, 'operator')
      const where = stores.place === undefined ? '' : ` ${stores.place}`
      terminal.err(`Made the token ${id} of ${organization.name}${where}. It is shown this once:`)
      terminal.out(secret)
      return 0
    },
  }

  const tokenList: Definition = {
    name: 'token list',
    summary: 'Lists the API tokens, not what opens them.',
    words: [],
    options: { organization: ORGANIZATION, json: { meaning: 'Prints a JSON array instead.' } },
    d1: true,
    async run(given, stores, terminal) {
      const { db, apiTokens } = open(stores)
      await stores.sites.fresh()
      const organizations = await organizationsIn(db, given.text('organization'))
      const all = await Promise.all(
        organizations.map(async ({ id, name }) =>
          (await apiTokens.list(id)).map((token) => ({ token, organization: name, sites: stores.sites.all() })),
        ),
      )
      const tokens = all.flat()
      if (given.flag('json')) {
        const rows = tokens.map(({ token, sites }) => ({ ...token, sites: domainsOf(token, sites) ?? 'all' }))
        terminal.out(JSON.stringify(rows, null, 2))
      } else if (tokens.length === 0) terminal.out(`There is no token yet: ${SUNDIAL} token create --help`)
      else
        for (const { token, organization, sites } of tokens)
          for (const line of describe(token, organization, sites)) terminal.out(line)
      return 0
    },
  }

  const tokenRemove: Definition = {
    name: 'token remove',
    summary: 'Withdraws an API token: whatever uses it is refused from then on.',
    words: ['id'],
    options: {},
    notes: [`Its id is in: ${SUNDIAL} token list`],
    d1: true,
    async run(given, stores, terminal) {
      const { db, apiTokens } = open(stores)
      const id = given.word('id')
      for (const organization of await organizationsIn(db, undefined)) {
        if (!(await apiTokens.withdraw({ organization: organization.id, id }, 'operator'))) continue
        terminal.out(`Withdrew the token ${id} of ${organization.name}.`)
        return 0
      }
      terminal.err(`There is no token ${id}. See: ${SUNDIAL} token list`)
      return 1
    },
  }

  return { tokenCreate, tokenList, tokenRemove }
}

function meaningOfScopes(): string {
  return `What it may do. ${SCOPES.map((scope) => `${scope}: ${ENGLISH.tokens.scopes[scope].meaning}`).join(' ')}`
}

function namesOf(organizations: readonly Organization[]): string {
  return organizations.map(({ name }) => name).join(', ')
}

/** Undefined for all sites. */
function domainsOf(token: ApiToken, sites: readonly Site[]): string[] | undefined {
  return token.sites && sites.filter(({ id }) => token.sites?.includes(id)).map(({ domain }) => domain)
}

function describe(token: ApiToken, organization: string, sites: readonly Site[]): string[] {
  const { id, name, scope, createdOn, lastUsedOn = 'never' } = token
  const domains = domainsOf(token, sites)
  return [
    `${id}  ${name}`,
    `  ${organization}, scope ${scope}, ${domains === undefined ? 'all sites' : `sites ${domains.join(', ') || '(gone)'}`}`,
    `  made on ${createdOn}, last used ${lastUsedOn}`,
  ]
}
