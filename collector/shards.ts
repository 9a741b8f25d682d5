// How many accumulators share the sites on Workers, and under which names. SHARDS chooses at the first start, the
// settings store remembers; another number is ordered by `sundial reshard` and takes force once the present accumulators
// are drained. The collector Worker asks before every event; on one machine there is one accumulator and none of this.
// A site has one accumulator; a huge one, named by SPREAD_SITES, has them all, and each counts fives of its own.
import * as z from 'zod/mini'
import type { SettingsStore, Site } from './sites.ts'

export const MOST_SHARDS = 256

export interface ShardState {
  number: number
  /** How often the number has changed. */
  generation: number
  /** Ordered, not yet in force. */
  next: number | undefined
}

export interface Shards {
  /** Why no event can be counted now, in a sentence for anybody; undefined while all is well. */
  refusal(): Promise<string | undefined>
  /** The accumulator that counts the next event of this site. */
  nameFor(site: Pick<Site, 'id' | 'domain'>): string
  /** All accumulators in force. What a site has pending may be in any of them: it was spread, or is no longer. */
  names(): readonly string[]
}

interface ShardsDeps {
  db: SettingsStore
  /** SHARDS, as this Worker was deployed. */
  wanted: number
  /** Domains of the sites that are too much for one accumulator. */
  spread: ReadonlySet<string>
  /** From 0 up to, but not including, 1. */
  random: () => number
  /** Has this accumulator refuse events and send all it holds; true once nothing is left of it. */
  drain: (name: string) => Promise<boolean>
  /** Milliseconds since the epoch. */
  now: () => number
  report: (problem: string, error?: unknown) => void
}

/** A change reaches every isolate within this time; the drained accumulators refuse those that do not know yet. */
const LOOK_EVERY = 15_000
const LOOK_WHILE_DRAINING = 2_000

export function createShards({ db, wanted, spread, random, drain, now, report }: ShardsDeps): Shards {
  let state: ShardState | undefined
  let lookedAt: number | undefined
  let said: string | undefined

  async function refusal(): Promise<string | undefined> {
    const every = state?.next === undefined ? LOOK_EVERY : LOOK_WHILE_DRAINING
    const age = lookedAt === undefined ? every : now() - lookedAt
    if (age < 0 || age >= every) await look()
    return say(reason())
  }

  async function look(): Promise<void> {
    // Whoever comes meanwhile goes on with what is known.
    if (state !== undefined) lookedAt = now()
    try {
      state = (await readShards(db)) ?? (await remember())
      if (state.next !== undefined) state = await change(state)
    } catch (error) {
      report('The number of shards cannot be read or changed; what was known last stays in force.', error)
    }
    if (state !== undefined) lookedAt = now()
  }

  async function remember(): Promise<ShardState> {
    await db.run(
      '/* shards.remember */ INSERT INTO shards (id, number, generation) VALUES (1, ?, 0) ON CONFLICT DO NOTHING',
      wanted,
    )
    const remembered = await readShards(db)
    if (!remembered) throw new Error('the number of shards was written but is not in the settings store')
    return remembered
  }

  /** Any isolate may do this, any number of them at once: draining twice is draining once. */
  async function change(from: ShardState): Promise<ShardState> {
    const drained = await Promise.all(namesOf(from).map(drain))
    if (!drained.every((done) => done)) return from
    await db.run(
      '/* shards.change */ UPDATE shards SET number = next_number, generation = generation + 1, next_number = NULL WHERE generation = ? AND next_number IS NOT NULL',
      from.generation,
    )
    return (await readShards(db)) ?? from
  }

  function reason(): string | undefined {
    if (state === undefined) return 'the settings store cannot be read, or a migration of it was not applied'
    const { number, next } = state
    if (next !== undefined)
      return `the counts of ${number} shards are on their way to ClickHouse, then ${next} take over`
    if (number === wanted) return undefined
    return `SHARDS is ${wanted}, but ${number} hold the counts: set SHARDS = "${number}" and deploy, or drain them first by \`npm run sundial -- reshard ${wanted} --d1 --remote\``
  }

  /** In the log once, until it changes. */
  function say(reason: string | undefined): string | undefined {
    if (reason !== undefined && reason !== said) report(`No event is counted: ${reason}.`)
    said = reason
    return reason
  }

  return {
    refusal,
    nameFor({ id, domain }) {
      const { number, generation } = inForce()
      return nameOf(spread.has(domain) ? Math.floor(random() * number) : id % number, generation)
    },
    names: () => (state === undefined ? [] : namesOf(state)),
  }

  function inForce(): ShardState {
    if (state === undefined) throw new Error('the number of shards is not known yet')
    return state
  }
}

function namesOf({ number, generation }: ShardState): string[] {
  return Array.from({ length: number }, (_, shard) => nameOf(shard, generation))
}

/** The first generation's names stand without it. */
function nameOf(shard: number, generation: number): string {
  return generation === 0 ? `shard-${shard}` : `shard-${shard}.${generation}`
}

const row = z.object({ number: z.number(), generation: z.number(), next_number: z.nullable(z.number()) })

/** Undefined until a collector Worker has started. */
export async function readShards(db: SettingsStore): Promise<ShardState | undefined> {
  const rows = z.array(row).parse(await db.all('/* shards.read */ SELECT number, generation, next_number FROM shards'))
  const [found] = rows
  return found && { number: found.number, generation: found.generation, next: found.next_number ?? undefined }
}

/** From now on no event is counted until the present accumulators are drained; then `number` of them take over. */
export async function orderShards(db: SettingsStore, number: number): Promise<void> {
  await db.run('/* shards.order */ UPDATE shards SET next_number = ?', number)
}
