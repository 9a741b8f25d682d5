// `sundial period`: the two periods of a site. A shorter one holds for what was counted already, after a preview; a
// longer one for what is counted from then on.
import { sayRefusals } from '../../collector/site_refusals.ts'
import type { Site } from '../../collector/sites.ts'
import { previewShorter } from '../../collector/stock.ts'
import { changeOf } from '../people/site_change.ts'
import { type Periods, periodProblems, shorterOf } from '../site_periods.ts'
import { ENGLISH } from '../words.ts'
import type { Definition, Stores, Terminal } from './command.ts'
import { auditOf, type OperatorDeps } from './operator.ts'
import { carryOut, isAgreed, YES } from './receipt.ts'

export function createPeriod(deps: OperatorDeps): Definition {
  return {
    name: 'period',
    summary: 'Shows or changes the two periods of a site. A shorter one is shown first, and cannot be undone.',
    words: ['domain'],
    options: {
      anonymization: {
        value: '<days>',
        meaning: 'Days from the end of a month until its hours become days and its days months.',
      },
      retention: { value: '<days>', meaning: 'Days from the beginning of a month until its counts end.' },
      ...YES,
    },
    notes: ['A period made longer holds for what is counted from then on; what is there keeps its dates.'],
    d1: true,
    async run(given, stores, terminal) {
      const domain = given.word('domain')
      await stores.sites.fresh()
      const site = stores.sites.byDomain(domain)
      if (!site) {
        terminal.err(`There is no site ${domain}.`)
        return 1
      }
      const wanted = {
        anonymizationDays: given.number('anonymization') ?? site.anonymizationDays,
        retentionDays: given.number('retention') ?? site.retentionDays,
      }
      const problems = periodProblems(site, wanted)
      if (problems.length > 0) {
        terminal.err(`${domain} was not changed:`)
        for (const problem of sayRefusals(problems)) terminal.err(`  ${problem}`)
        return 1
      }
      for (const line of changesOf(site, wanted)) terminal.out(line)
      const shorter = shorterOf(site, wanted)
      if (shorter !== undefined) {
        await sayPreview(site, shorter, stores, terminal)
        if (!(await isAgreed(given, terminal))) return 1
      }
      const say = (before: Site) => ({ act: 'period changed', details: changeOf(before, wanted) }) as const
      const answer = await stores.sites.set(domain, wanted, await auditOf(domain, say, { stores, ...deps }))
      if ('refused' in answer) throw new Error(sayRefusals(answer.refused).join('; '))
      return shorter === undefined || (await carryOut(site.id, stores, terminal)) ? 0 : 1
    },
  }
}

function changesOf(site: Site, wanted: Periods): string[] {
  const of = (what: string, from: number, to: number) => {
    if (from === to) return `${what} ${from} days`
    return `${what} ${from} -> ${to} days${to > from ? ': for what is counted from now on; what is there keeps its dates' : ''}`
  }
  return [
    `${site.domain}:`,
    `  ${of('anonymization', site.anonymizationDays, wanted.anonymizationDays)}`,
    `  ${of('retention', site.retentionDays, wanted.retentionDays)}`,
  ]
}

async function sayPreview(site: Site, shorter: Partial<Periods>, stores: Stores, terminal: Terminal): Promise<void> {
  const months = await previewShorter(await stores.counts(), site.id, shorter)
  terminal.out(
    months.length === 0 ? 'Nothing goes at once; what is there goes earlier than it would have.' : 'What goes at once:',
  )
  for (const month of months) terminal.out(`  ${month.month.slice(0, 7)} ${ENGLISH.periods.going(month)}`)
  if (months.length > 0) terminal.out('The rest goes earlier than it would have.')
}
