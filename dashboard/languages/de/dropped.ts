// What was not counted; why, is in declaration.ts. In German.
import type { DroppedWords } from '../en/dropped.ts'
import { general } from './general.ts'

export const dropped: DroppedWords = {
  title: 'Was nicht gezählt wurde',
  nothing: (k) => `Von dem, was nicht gezählt wurde, kam in diesem Zeitraum nichts ${general.ks[k].one}mal.`,
  what: 'Was',
  times: 'Wie oft',
  byHour: 'Nach Stunde des Tages',
  explained: (k) =>
    `Das steht in keiner Gesamtzahl. Es wird in ${general.ks[k].many}n gezählt wie alles mit einem Namen, von einer Adresse pro Minute nicht mehr, als der Collector annimmt, und nie mit dem Namen eines Roboters. Die Stunden ergeben zusammen weniger: Eine Stunde erscheint, sobald es in ihr ${general.ks[k].one}mal vorkam, nachdem der Grund einen Namen hatte. Wer widersprochen hat, durch Global Privacy Control oder Do Not Track, wird auch hier nicht gezählt.`,
  outsider: 'Ohne Konto sehen Sie hier nichts von den letzten Tagen.',
}
