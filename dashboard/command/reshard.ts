// `sundial reshard`: orders another number of accumulators on Workers. The collector drains the present ones and changes
// the number by itself (collector/shards.ts); this only writes the order into the settings store.
import { MOST_SHARDS, orderShards, readShards } from '../../collector/shards.ts'
import { type Definition, SUNDIAL, UsageError } from './command.ts'

export const reshard: Definition = {
  name: 'reshard',
  summary: 'Changes the number of accumulators (SHARDS) on Workers. The present ones are drained first.',
  words: ['shards'],
  options: {},
  notes: [
    'From the collector’s next request on, events are answered with 503 until the present accumulators are empty, a few',
    'seconds while ClickHouse answers, and until a collector with the new SHARDS is deployed. What has not reached k becomes',
    '"(other)" in whole multiples of k, as at the end of a month; what is left of it is forgotten. Totals stay exact.',
    'Run it again to see how far it is. One machine has one accumulator: there is nothing to change.',
  ],
  d1: true,
  async run(given, { settings, place }, terminal) {
    const word = given.word('shards')
    const wanted = /^\d+$/.test(word) ? Number(word) : 0
    if (wanted < 1 || wanted > MOST_SHARDS) {
      throw new UsageError(
        `<shards> is a whole number from 1 to ${MOST_SHARDS}, not "${word}"\nSee: ${SUNDIAL} reshard --help`,
      )
    }
    if (settings === undefined || place === undefined) {
      terminal.err('One machine has one accumulator: there is nothing to change. For Workers add --d1.')
      return 1
    }
    const shards = await readShards(settings)
    if (shards === undefined) {
      terminal.err(`No collector has started yet ${place}: the first one remembers its SHARDS.`)
      return 1
    }
    const { number, next } = shards
    const deploy = `Set SHARDS = "${wanted}" in wrangler.toml and deploy the collector, if that is not done yet.`
    if (next === undefined && number === wanted) {
      terminal.out(`${wanted} hold the counts ${place}: nothing is left to do. ${deploy}`)
      return 0
    }
    if (next !== wanted) await orderShards(settings, wanted)
    terminal.out(
      next === wanted
        ? `Not done yet ${place}: ${number} are being drained, then ${wanted} take over.`
        : `Ordered ${place}: ${number} are drained from the collector’s next request on, then ${wanted} take over.`,
    )
    terminal.out(deploy)
    return 0
  },
}
