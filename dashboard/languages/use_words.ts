// The words of the language that a page is shown in, for every component of it. Provided by the door and by the pages
// for visitors.
import { createContext, useContext } from 'hono/jsx'
import { ENGLISH } from '../words.ts'

export const WordsContext = createContext(ENGLISH)

export const useWords = () => useContext(WordsContext)
