// The section of the public page about a site on how long it is kept: the periods, the oldest rows, and what operators did.
// Used by transparency.tsx.
import type { FC } from 'hono/jsx'
import { TABLES, type Table } from '../../collector/contract.ts'
import type { Act, Disclosure } from '../disclosure.ts'
import { useWords } from '../languages/use_words.ts'
import type { Words } from '../words.ts'
import { Rows, Section } from './transparency_section.tsx'

export const Periods: FC<{ disclosure: Disclosure }> = ({ disclosure: { periods, kept, acts, lastDeletion } }) => {
  const words = useWords()
  const { sayMonth, sayDay, sayMoment } = words
  const { month, generalizeOn, expireOn } = periods.example
  const told = words.transparency.periods
  const changes = [
    ...(lastDeletion ? [told.lastDeletion(sayAct(lastDeletion, words), sayMoment(lastDeletion.at))] : []),
    ...(acts && !lastDeletion ? [told.noDeletion] : []),
    told.byDatabase,
  ]
  return (
    <Section id="periods">
      <Rows head={told.head}>
        <tr>
          <th scope="row">{told.anonymization}</th>
          <td>{told.generalized(sayMonth(month), sayDay(generalizeOn))}</td>
          <td>{told.fromEnd(periods.anonymizationDays)}</td>
          <td>{saySince(periods.anonymizationSince, words)}</td>
        </tr>
        <tr>
          <th scope="row">{told.retention}</th>
          <td>{told.ended(sayMonth(month), sayDay(expireOn))}</td>
          <td>{told.fromBeginning(periods.retentionDays)}</td>
          <td>{saySince(periods.retentionSince, words)}</td>
        </tr>
      </Rows>
      <p>{told.offTheDisk}</p>
      <h3>{told.oldest}</h3>
      {kept ? <Oldest kept={kept} /> : <p class="none">{told.silent}</p>}
      <h3>{told.changes}</h3>
      <p>{changes.join(' ')}</p>
      {acts === undefined ? <p class="none">{told.ledgerSilent}</p> : acts.length > 0 && <Acts acts={acts} />}
    </Section>
  )
}

const Oldest: FC<{ kept: NonNullable<Disclosure['kept']> }> = ({ kept }) => {
  const { transparency, sayDay, sayMonth, sayMoment } = useWords()
  const words = transparency.periods
  const files = kept.replacedFrom === undefined ? words.noneReplaced : words.replaced(sayMonth(kept.replacedFrom))
  return (
    <>
      <Rows head={words.tables}>
        {Object.keys(TABLES)
          .filter((name): name is Table => name in TABLES)
          .map((name) => {
            const { oldestReadable, oldestOnDisk, firstEnd } = kept.tables[name]
            return (
              <tr>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{oldestReadable ? sayDay(oldestReadable) : words.noRow}</td>
                <td>{oldestOnDisk ? sayDay(oldestOnDisk) : words.noRow}</td>
                <td>{firstEnd ? sayDay(firstEnd) : '—'}</td>
              </tr>
            )
          })}
      </Rows>
      <p>{`${files} ${words.read(sayMoment(kept.at))}`}</p>
    </>
  )
}

const Acts: FC<{ acts: readonly Act[] }> = ({ acts }) => {
  const words = useWords()
  return (
    <Rows head={words.transparency.periods.log}>
      {acts.map((act) => (
        <tr>
          <th scope="row">{words.sayMoment(act.at)}</th>
          <td>{sayAct(act, words)}</td>
        </tr>
      ))}
    </Rows>
  )
}

function saySince(since: Disclosure['periods']['retentionSince'], { transparency, sayMoment }: Words): string {
  if (since === undefined) return transparency.periods.notOnRecord
  return since === 'being put in force' ? transparency.periods.beingPutInForce : sayMoment(since.at)
}

function sayAct({ action, settings, rows }: Act, { transparency }: Words): string {
  const words = transparency.periods
  const called = new Map<string, string>(Object.entries(words.settings))
  const which = settings.map((setting) => called.get(setting) ?? setting)
  const what = which.length === 0 ? words.acts[action] : words.actOn(words.acts[action], which)
  if (!rows) return what
  return rows.before === 0 ? words.ofNoRows(what) : words.ofRows(what, rows.before, rows.after)
}
