// What was noted of the days of a period, under the chart: the latest of it, and the way to the rest for who may write.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import type { Note } from '../people/notes.ts'

const SHOWN = 4

interface NoteListProps {
  notes: readonly Note[]
  /** Where they are written, for who may. */
  href: string | undefined
}

export const NoteList: FC<NoteListProps> = ({ notes, href }) => {
  const { chart, sayDay, sayNote } = useWords()
  if (notes.length === 0 && href === undefined) return null
  const more = notes.length - SHOWN
  return (
    <ul class="noted-days" aria-label={chart.notes}>
      {notes
        .toReversed()
        .slice(0, SHOWN)
        .map((note) => (
          <li>
            <b>{sayDay(note.day)}</b> {sayNote(note)}
          </li>
        ))}
      {more > 0 && <li>{chart.earlierNotes(more)}</li>}
      {href !== undefined && (
        <li>
          <a href={href}>{notes.length === 0 ? chart.writeNote : chart.notes}</a>
        </li>
      )}
    </ul>
  )
}
