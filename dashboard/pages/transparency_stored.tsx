// The sections of the public page about a site on what the browser sends, what is stored of it, and by what it is counted.
// Used by transparency.tsx.
import type { FC } from 'hono/jsx'
import type { Disclosure, StoredTable } from '../disclosure.ts'
import type { Part } from '../languages/rich.ts'
import { useWords } from '../languages/use_words.ts'
import { type PublicFrame, transparencyPath } from './transparency_frame.tsx'
import { Rows, Section } from './transparency_section.tsx'

export const Received: FC<{ frame: PublicFrame; disclosure: Disclosure }> = ({
  disclosure: { received, site },
  frame,
}) => {
  const { received: words } = useWords().transparency
  const preview: Part = (text) => <a href={transparencyPath(frame, site, '/preview')}>{text}</a>
  return (
    <Section id="received">
      <p>{words.message(received.longestBody, preview)}</p>
      <Rows head={words.fields}>
        {received.body.map(({ keys, says, example, becomes }) => (
          <tr>
            <th scope="row">
              {keys.map((key) => (
                <code>{key}</code>
              ))}
            </th>
            <td>
              {says}
              <code class="example">{example}</code>
            </td>
            <td>{becomes}</td>
          </tr>
        ))}
      </Rows>
      <h3>{words.around}</h3>
      <p>{`${words.request} ${words.language}`}</p>
      <Rows head={words.facts}>
        {received.request.map(({ names, says, becomes }) => (
          <tr>
            <th scope="row">
              {names.map((name) => (
                <code>{name}</code>
              ))}
            </th>
            <td>{says}</td>
            <td>{becomes}</td>
          </tr>
        ))}
      </Rows>
    </Section>
  )
}

export const Stored: FC<{ disclosure: Disclosure }> = ({ disclosure: { stored } }) => {
  const { stored: words } = useWords().transparency
  return (
    <Section id="stored">
      <p>{words.lead}</p>
      {stored.tables.map((table) => (
        <StoredRows table={table} />
      ))}
      <h3>{words.elsewhere}</h3>
      <Rows head={words.places}>
        {stored.elsewhere.map(({ place, keeps, until }) => (
          <tr>
            <th scope="row">{place}</th>
            <td>{keeps}</td>
            <td>{until}</td>
          </tr>
        ))}
      </Rows>
    </Section>
  )
}

const StoredRows: FC<{ table: StoredTable }> = ({ table: { name, keeps, columns } }) => {
  const { stored: words } = useWords().transparency
  return (
    <>
      <h3>
        <code>{name}</code> {keeps}
      </h3>
      <Rows head={words.columns}>
        {columns.map((column) => (
          <tr>
            <th scope="row">
              <code>{column.name}</code>
            </th>
            <td>{column.means}</td>
            <td>
              <code>{column.example}</code>
            </td>
          </tr>
        ))}
      </Rows>
    </>
  )
}

export const Attributes: FC<{ disclosure: Disclosure }> = ({ disclosure: { stored, settings } }) => {
  const { transparency, general } = useWords()
  const words = transparency.attributes
  const nouns = new Map(stored.attributes.map(({ label, name }) => [label, general.nouns[name].one]))
  const pairs = stored.pairs
    .filter(({ countedHere }) => countedHere)
    .map(({ attributes }) => attributes.map((label) => nouns.get(label) ?? label).join(' × '))
  return (
    <Section id="attributes">
      <p>
        {words.lead((table) => (
          <code>{table}</code>
        ))}
      </p>
      <Rows head={words.head}>
        {stored.attributes.map(({ label, madeFrom, example, countedHere, namedAfter }) => (
          <tr class={countedHere ? undefined : 'off'}>
            <th scope="row">{label}</th>
            <td>{madeFrom.replace(/^\p{Ll}(?=\p{Ll}* )/u, (letter) => letter.toUpperCase())}</td>
            <td>
              <code>{example}</code>
            </td>
            <td>{countedHere ? words.times(namedAfter) : words.notHere}</td>
          </tr>
        ))}
      </Rows>
      <p>{words.pairs(pairs)}</p>
      <p class="picked">{words.queryParameters(chosen(settings.queryParameters))}</p>
      <p class="picked">{words.properties(chosen(settings.properties))}</p>
      <p class="picked">{words.pathPatterns(chosen(settings.pathPatterns))}</p>
      <p class="picked">{words.pathExceptions(chosen(settings.pathExceptions))}</p>
      <p class="picked">{words.hosts(chosen(settings.hosts))}</p>
    </Section>
  )
}

/** What a site has chosen, or the word for none. */
function chosen(values: readonly string[]): Part {
  return (none) => (values.length === 0 ? none : values.map((value) => <code>{value}</code>))
}
