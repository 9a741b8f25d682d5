// Notes on days of a site: a release, a campaign. Written on their own page (notes.tsx), read by the app for the chart.
import * as z from 'zod/mini'
import type { SettingsStore } from '../../collector/sites.ts'

export const NOTE_KINDS = ['release', 'campaign', 'other'] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

/** Why a note was not taken. */
export type NoteRefusal = 'too many' | 'no note'

export interface WrittenNote {
  /** Site-local, 'YYYY-MM-DD'. */
  day: string
  kind: NoteKind
  text: string
}

export interface Note extends WrittenNote {
  id: string
}

export interface Notes {
  /** Of the days [from, to), or of all, in the order of time. */
  ofSite(site: number, range?: { from: string; to: string }): Promise<Note[]>
  /** False where a site has as many as it may. */
  add(site: number, note: WrittenNote): Promise<boolean>
  change(site: number, note: Note): Promise<void>
  remove(site: number, id: string): Promise<void>
}

export const LONGEST_NOTE = 200
export const MOST_NOTES = 500

interface NotesDeps {
  db: SettingsStore
  random: (bytes: number) => Uint8Array
}

export function createNotes({ db, random }: NotesDeps): Notes {
  return {
    async ofSite(site, { from, to } = { from: '', to: '~' }) {
      const rows = await db.all(OF_SITE, site, from, to)
      return rows.map((row) => noteRow.parse(row))
    },
    async add(site, { day, kind, text }) {
      const [counted] = await db.all(COUNT, site)
      if (countRow.parse(counted).n >= MOST_NOTES) return false
      await db.run(INSERT, Buffer.from(random(9)).toString('base64url'), site, day, kind, text)
      return true
    },
    change: (site, { id, day, kind, text }) => db.run(UPDATE, day, kind, text, id, site),
    remove: (site, id) => db.run(DELETE, id, site),
  }
}

const OF_SITE =
  '/* notes.of_site */ SELECT id, day, kind, text FROM notes WHERE site = ? AND day >= ? AND day < ? ORDER BY day, rowid'
const COUNT = '/* notes.count */ SELECT count(*) AS n FROM notes WHERE site = ?'
const INSERT = '/* notes.add */ INSERT INTO notes (id, site, day, kind, text) VALUES (?, ?, ?, ?, ?)'
const UPDATE = '/* notes.change */ UPDATE notes SET day = ?, kind = ?, text = ? WHERE id = ? AND site = ?'
const DELETE = '/* notes.remove */ DELETE FROM notes WHERE id = ? AND site = ?'

const noteRow = z.object({ id: z.string(), day: z.string(), kind: z.enum(NOTE_KINDS), text: z.string() })
const countRow = z.object({ n: z.number() })
