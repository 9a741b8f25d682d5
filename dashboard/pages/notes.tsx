// The notes of a site with a form for another. Rendered by notes.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { LONGEST_NOTE, NOTE_KINDS, type Note, type NoteKind, type WrittenNote } from '../people/notes.ts'
import { NOTE_WORDS } from '../words.ts'
import { Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'

interface NotesPageProps {
  frame: Frame
  site: Site
  /** Site-local. */
  today: string
  /** Latest first. */
  notes: readonly Note[]
  /** Why the last form was not taken. */
  refused: string | undefined
}

export const NotesPage: FC<NotesPageProps> = ({ frame, site, today, notes, refused }) => {
  const path = notesPath(frame, site)
  return (
    <Layout frame={frame} title={`Notes · ${site.domain} · Sundial`} site={site}>
      <section class="panel notes">
        <header>
          <h2>Notes on days</h2>
          <nav aria-label="Back">
            <a href={`${frame.basePath}/?${new URLSearchParams({ site: site.domain })}`}>Back to the numbers</a>
          </nav>
        </header>
        <p class="hint">
          They stand on the chart, for the people of this site’s organization and nobody else. Keep visitors out of
          them.
        </p>
        <Refusals refused={refused === undefined ? [] : [refused]} />
        <form method="post" action={path} aria-label="Add a note">
          <NoteFields note={{ day: today, kind: 'release', text: '' }} />
          <button type="submit">Add</button>
        </form>
        {notes.map((note) => (
          <form method="post" action={`${path}/${note.id}`} aria-label={`Note of ${note.day}`}>
            <NoteFields note={note} />
            <button type="submit" class="quiet">
              Save
            </button>
            <button type="submit" class="quiet" formaction={`${path}/${note.id}/remove`} formnovalidate>
              Remove
            </button>
          </form>
        ))}
      </section>
    </Layout>
  )
}

const NoteFields: FC<{ note: WrittenNote }> = ({ note: { day, kind, text } }) => (
  <>
    <input type="date" name="day" required value={day} aria-label="Day" />
    <Kinds kind={kind} />
    <input name="text" required maxlength={LONGEST_NOTE} value={text} placeholder="What happened" aria-label="Note" />
  </>
)

const Kinds: FC<{ kind: NoteKind }> = ({ kind }) => (
  <select name="kind" aria-label="Kind">
    {NOTE_KINDS.map((name) => (
      <option value={name} selected={name === kind}>
        {NOTE_WORDS[name]}
      </option>
    ))}
  </select>
)

export function notesPath({ basePath }: Frame, { domain }: Site): string {
  return `${basePath}/sites/${encodeURIComponent(domain)}/notes`
}
