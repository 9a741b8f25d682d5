// Finds a value of any dimension by a part of its name. Used by the site page and the page of what was found.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { LONGEST_SEARCH } from '../values_query.ts'
import type { View } from '../view.ts'
import { KeptState, pathOf } from './kept_state.tsx'

export const SearchBox: FC<{ view: View; text?: string }> = ({ view, text = '' }) => {
  const { panels } = useWords()
  const address = view.link({}, '/search')
  return (
    <form class="find" method="get" action={pathOf(address)}>
      <KeptState address={address} />
      <input
        type="search"
        name="q"
        required
        maxlength={LONGEST_SEARCH}
        value={text}
        placeholder={panels.search.placeholder}
        aria-label={panels.search.label}
        aria-keyshortcuts="/"
      />
      <button type="submit">{panels.search.find}</button>
    </form>
  )
}
