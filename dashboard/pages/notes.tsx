// The notes of a site with a form for another. Rendered by notes.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
import {
  LONGEST_NOTE,
  NOTE_KINDS,
  type Note,
  type NoteKind,
  type NoteRefusal,
  type WrittenNote,
} from '../people/notes.ts'
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
  refused: NoteRefusal | undefined
}

export const NotesPage: FC<NotesPageProps> = ({ frame, site, today, notes, refused }) => {
  const { notes: words } = useWords()
  const path = notesPath(frame, site)
  return (
    <Layout frame={frame} title={`${words.title} · ${site.domain} · Sundial`} site={site}>
      <section class="panel notes">
        <header>
          <h2>{words.heading}</h2>
          <nav aria-label={words.back}>
            <a href={`${frame.basePath}/?${new URLSearchParams({ site: site.domain })}`}>{words.backToNumbers}</a>
          </nav>
        </header>
        <p class="hint">{words.who}</p>
        <Refusals refused={refused === undefined ? [] : [words.refused[refused]]} />
        <form method="post" action={path} aria-label={words.addOne}>
          <NoteFields note={{ day: today, kind: 'release', text: '' }} />
          <button type="submit">{words.add}</button>
        </form>
        {notes.map((note) => (
          <form method="post" action={`${path}/${note.id}`} aria-label={words.noteOf(note.day)}>
            <NoteFields note={note} />
            <button type="submit" class="quiet">
              {words.save}
            </button>
            <button type="submit" class="quiet" formaction={`${path}/${note.id}/remove`} formnovalidate>
              {words.remove}
            </button>
          </form>
        ))}
      </section>
    </Layout>
  )
}

const NoteFields: FC<{ note: WrittenNote }> = ({ note: { day, kind, text } }) => {
  const { notes: words } = useWords()
  return (
    <>
      <input type="date" name="day" required value={day} aria-label={words.day} />
      <Kinds kind={kind} />
      <input
        name="text"
        required
        maxlength={LONGEST_NOTE}
        value={text}
        placeholder={words.whatHappened}
        aria-label={words.note}
      />
    </>
  )
}

const Kinds: FC<{ kind: NoteKind }> = ({ kind }) => {
  const { general, notes } = useWords()
  return (
    <select name="kind" aria-label={notes.kind}>
      {NOTE_KINDS.map((name) => (
        <option value={name} selected={name === kind}>
          {general.notes[name]}
        </option>
      ))}
    </select>
  )
}

export function notesPath({ basePath }: Frame, { domain }: Site): string {
  return `${basePath}/sites/${encodeURIComponent(domain)}/notes`
}
