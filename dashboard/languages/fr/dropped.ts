// What was not counted; why, is in declaration.ts. In French.
import type { DroppedWords } from '../en/dropped.ts'
import { general } from './general.ts'

export const dropped: DroppedWords = {
  title: 'Ce qui n’a pas été compté',
  nothing: (k) => `De ce qui n’a pas été compté, rien n’est venu ${general.ks[k].one} fois dans cette période.`,
  what: 'Quoi',
  times: 'Nombre',
  byHour: 'Par heure de la journée',
  explained: (k) =>
    `Rien de cela n’est dans un total. C’est compté par ${general.ks[k].many}, comme tout ce qui porte un nom, pas plus par minute et par adresse que ce que le collecteur accepte, et jamais avec le nom d’un robot. La somme des heures est plus petite : une heure apparaît dès qu’elle est venue ${general.ks[k].one} fois après que sa raison a été nommée. Qui s’est opposé, par Global Privacy Control ou Do Not Track, n’est pas compté ici non plus.`,
  outsider: 'Sans compte, vous ne voyez ici rien des derniers jours.',
}
