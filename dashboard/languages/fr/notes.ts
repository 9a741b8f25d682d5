// The notes on days of a site. In French.
import { LONGEST_NOTE, MOST_NOTES } from '../../people/notes.ts'
import type { NotesWords } from '../en/notes.ts'
import { FORMATS } from '../format.ts'

export const notes: NotesWords = {
  refused: {
    'too many': `Un site a au plus ${MOST_NOTES} notes. Supprimez-en d’abord une.`,
    'no note': `Une note a un jour, un type et une ligne d’au plus ${LONGEST_NOTE} caractères.`,
  },
  title: 'Notes',
  heading: 'Notes sur des jours',
  back: 'Retour',
  backToNumbers: 'Retour aux chiffres',
  who: 'Elles figurent sur le graphique, pour les membres de l’organisation de ce site et personne d’autre. N’y mettez rien sur les visiteurs.',
  addOne: 'Ajouter une note',
  add: 'Ajouter',
  noteOf: (day) => `Note du ${FORMATS.fr.sayDay(day)}`,
  save: 'Enregistrer',
  remove: 'Supprimer',
  day: 'Jour',
  kind: 'Type',
  note: 'Note',
  whatHappened: 'Ce qui s’est passé',
}
