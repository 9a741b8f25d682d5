// The notes on days of a site. In English.
import { LONGEST_NOTE, MOST_NOTES, type NoteRefusal } from '../../people/notes.ts'

const refused: Record<NoteRefusal, string> = {
  'too many': `A site has at most ${MOST_NOTES} notes. Remove one first.`,
  'no note': `A note has a day, a kind, and one line of at most ${LONGEST_NOTE} characters.`,
}

export const notes = {
  refused,
  title: 'Notes',
  heading: 'Notes on days',
  back: 'Back',
  backToNumbers: 'Back to the numbers',
  who: 'They stand on the chart, for the people of this site’s organization and nobody else. Keep visitors out of them.',
  addOne: 'Add a note',
  add: 'Add',
  /** Of its form, to who listens. */
  noteOf: (day: string) => `Note of ${day}`,
  save: 'Save',
  remove: 'Remove',
  day: 'Day',
  kind: 'Kind',
  note: 'Note',
  whatHappened: 'What happened',
}

export type NotesWords = typeof notes
