// `sundial ledger`: what was done to the sites, as the ledger says, and what is ordered and not done yet.
import type { Definition } from './command.ts'
import { receiptOf } from './receipt.ts'

export const ledger: Definition = {
  name: 'ledger',
  summary: 'Prints what was done to the sites: settings, periods, anonymized, deleted.',
  words: [],
  options: { json: { meaning: 'Prints a JSON array instead, for `replay --ledger` and `restore --ledger`.' } },
  notes: ['Nothing is ever changed or removed in it. It holds nothing about visitors.'],
  d1: true,
  async run(given, { ledger }, terminal) {
    const entries = await ledger.entries()
    if (given.flag('json')) {
      terminal.out(JSON.stringify(entries, null, 2))
      return 0
    }
    for (const entry of entries) {
      for (const line of receiptOf(entry)) terminal.out(line)
      const { before, after } = entry.details
      if (before && after) terminal.out(`  ${JSON.stringify(before)} -> ${JSON.stringify(after)}`)
    }
    if (entries.length === 0) terminal.out('The ledger is empty.')
    return 0
  },
}
