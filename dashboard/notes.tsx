// Notes on days of a site: adding, changing and removing them, by whoever may annotate. Mounted by dashboard.ts; forms that
// end in a redirect, or in their page with what was refused and why.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { Calendar } from '../collector/calendar.ts'
import type { Door, SiteGuest } from './door.tsx'
import { NotesPage, notesPath } from './pages/notes.tsx'
import { LONGEST_NOTE, NOTE_KINDS, type NoteRefusal, type Notes, type WrittenNote } from './people/notes.ts'

export interface NotesPagesDeps {
  door: Door
  notes: Notes
  calendar: Calendar
  /** Milliseconds since the epoch. */
  now: () => number
}

export function createNotesPages({ door, notes, calendar, now }: NotesPagesDeps): Hono {
  const app = new Hono()

  door.on(app, 'GET /sites/:site/notes', (c, guest) => show(c, guest, undefined))

  door.on(app, 'POST /sites/:site/notes', async (c, guest) => {
    const read = readNote(await c.req.parseBody())
    if ('refused' in read) return show(c, guest, read.refused)
    if (!(await notes.add(guest.site.id, read))) return show(c, guest, 'too many')
    return back(c, guest)
  })

  door.on(app, 'POST /sites/:site/notes/:note', async (c, guest) => {
    const read = readNote(await c.req.parseBody())
    if ('refused' in read) return show(c, guest, read.refused)
    await notes.change(guest.site.id, { id: c.req.param('note') ?? '', ...read })
    return back(c, guest)
  })

  door.on(app, 'POST /sites/:site/notes/:note/remove', async (c, guest) => {
    await notes.remove(guest.site.id, c.req.param('note') ?? '')
    return back(c, guest)
  })

  async function show(c: Context, { frame, site }: SiteGuest, refused: NoteRefusal | undefined) {
    const today = calendar.localHour(site.timezone, now()).day
    const written = (await notes.ofSite(site.id)).toReversed()
    return door.page(c, <NotesPage {...{ frame, site, today, refused }} notes={written} />, refused ? 422 : 200)
  }

  function back(c: Context, { frame, site }: SiteGuest): Response {
    return c.redirect(notesPath(frame, site), 303)
  }

  return app
}

const form = z.object({
  day: z.iso.date(),
  kind: z.enum(NOTE_KINDS),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_NOTE), z.regex(/^\P{Cc}+$/u)),
})

function readNote(body: unknown): WrittenNote | { refused: NoteRefusal } {
  const read = form.safeParse(body)
  return read.success ? read.data : { refused: 'no note' }
}
