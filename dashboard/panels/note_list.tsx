// What was noted of the days of a period, under the chart: the latest of it, and the way to the rest for who may write.
import type { FC } from 'hono/jsx'
import type { Note } from '../people/notes.ts'
import { sayDay, sayNote } from '../words.ts'

const SHOWN = 4

interface NoteListProps {
  notes: readonly Note[]
  /** Where they are written, for who may. */
  href: string | undefined
}

export const NoteList: FC<NoteListProps> = ({ notes, href }) => {
  if (notes.length === 0 && href === undefined) return null
  const more = notes.length - SHOWN
  return (
    <ul class="noted-days" aria-label="Notes">
      {notes
        .toReversed()
        .slice(0, SHOWN)
        .map((note) => (
          <li>
            <b>{sayDay(note.day)}</b> {sayNote(note)}
          </li>
        ))}
      {more > 0 && <li>{`and ${more} earlier`}</li>}
      {href !== undefined && (
        <li>
          <a href={href}>{notes.length === 0 ? 'Note what happened on a day' : 'Notes'}</a>
        </li>
      )}
    </ul>
  )
}
