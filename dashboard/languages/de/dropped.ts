// What was not counted, and why. In German.
import type { DroppedWords } from '../en/dropped.ts'
import { general } from './general.ts'

export const dropped: DroppedWords = {
  reasons: {
    bot_agent: 'Anfragen von Robotern, nach ihrem User-Agent',
    bot_headless: 'Anfragen automatisierter Browser',
    bot_no_agent: 'Anfragen ohne User-Agent',
    bot_unseen: 'Seiten, die nur im Voraus geladen oder als Vorschau gezeigt wurden',
    foreign_host: 'Ereignisse von Seiten auf anderen Hosts',
    reserved_event: 'Ereignisse mit einem reservierten Namen',
    undeclared_property: 'Ereignisse mit Eigenschaften, die die Website nicht angegeben hat',
    not_a_number: 'Ereignisse mit Text, wo die Website eine Zahl angegeben hat',
  },
  title: 'Was nicht gezählt wurde',
  nothing: (k) => `Von dem, was nicht gezählt wurde, kam in diesem Zeitraum nichts ${general.ks[k].one}mal.`,
  what: 'Was',
  times: 'Wie oft',
  byHour: 'Nach Stunde des Tages',
  explained: (k) =>
    `Das steht in keiner Gesamtzahl. Es wird in ${general.ks[k].many}n gezählt wie alles mit einem Namen, von einer Adresse pro Minute nicht mehr, als der Collector annimmt, und nie mit dem Namen eines Roboters. Die Stunden ergeben zusammen weniger: Eine Stunde erscheint, sobald es in ihr ${general.ks[k].one}mal vorkam, nachdem der Grund einen Namen hatte. Wer widersprochen hat, durch Global Privacy Control oder Do Not Track, wird auch hier nicht gezählt.`,
  outsider: 'Ohne Konto sehen Sie hier nichts von den letzten Tagen.',
}
