// The notes on days of a site. In German.
import { LONGEST_NOTE, MOST_NOTES } from '../../people/notes.ts'
import type { NotesWords } from '../en/notes.ts'
import { FORMATS } from '../format.ts'

export const notes: NotesWords = {
  refused: {
    'too many': `Eine Website hat höchstens ${MOST_NOTES} Notizen. Entfernen Sie zuerst eine.`,
    'no note': `Eine Notiz hat einen Tag, eine Art und eine Zeile mit höchstens ${LONGEST_NOTE} Zeichen.`,
  },
  title: 'Notizen',
  heading: 'Notizen zu Tagen',
  back: 'Zurück',
  backToNumbers: 'Zurück zu den Zahlen',
  who: 'Notizen stehen im Diagramm, für die Menschen in der Organisation dieser Website und für niemanden sonst. Schreiben Sie nichts über Besucher hinein.',
  addOne: 'Notiz hinzufügen',
  add: 'Hinzufügen',
  noteOf: (day) => `Notiz vom ${FORMATS.de.sayDay(day)}`,
  save: 'Speichern',
  remove: 'Entfernen',
  day: 'Tag',
  kind: 'Art',
  note: 'Notiz',
  whatHappened: 'Was geschah',
}
