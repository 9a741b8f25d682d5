// `sundial organization undo`: a link that takes the deletion of an organization back, for owners who have lost theirs.
import { createRoster } from '../people/roster.ts'
import { ENGLISH } from '../words.ts'
import { type Definition, SUNDIAL } from './command.ts'
import { DASHBOARD, dashboardOf, placeOf, sayLink } from './user.ts'

interface OrganizationUndoDeps {
  /** Milliseconds since the epoch. */
  now: () => number
  random: (bytes: number) => Uint8Array
}

export function createOrganizationUndo(deps: OrganizationUndoDeps): Definition {
  return {
    name: 'organization undo',
    summary: 'Prints a link by which somebody takes a deleted organization back, while its counts are there.',
    words: ['organization'],
    options: { dashboard: DASHBOARD.dashboard },
    notes: [
      'The organization is named by its name or its id, which is on the receipt of its deletion.',
      'Whoever opens the link owns it: its sites count again, and its people have to be invited anew.',
    ],
    d1: true,
    async run(given, stores, terminal) {
      if (!stores.settings) throw new Error('There is no settings store here.')
      const { organizations, links } = createRoster({ db: stores.settings, ...deps })
      const ending = await organizations.allEnding()
      const wanted = given.word('organization')
      const fitting = ending.filter(({ id, name }) => id === wanted || name === wanted)
      const [found] = fitting
      if (!found || fitting.length > 1) {
        const list = ending.map(
          ({ id, name, endsOn }) => `\n  ${name}, until ${ENGLISH.sayDay(endsOn)}: ${SUNDIAL} organization undo ${id}`,
        )
        const why = found ? `More than one is called "${wanted}"` : `No deleted organization is called "${wanted}"`
        terminal.err(
          `${why}${placeOf(stores)}.${list.length > 0 ? ` Those that can be taken back:${list.join('')}` : ''}`,
        )
        return 1
      }
      const secret = await links.create({ purpose: 'undo', organization: found.id })
      const expiresAt = (await links.find(secret, 'undo'))?.expiresAt ?? ''
      // The counts go before the link does.
      const until = expiresAt < found.endsOn ? expiresAt : `${found.endsOn}T00:00:00Z`
      terminal.out(`Whoever opens this link takes ${found.name} back and owns it${placeOf(stores)}:`)
      sayLink(`${dashboardOf(given, stores)}/undo/${secret}`, until, terminal)
      return 0
    },
  }
}
