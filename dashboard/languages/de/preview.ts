// What the preview's script says. In German.
import type { PreviewWords } from '../en/preview.ts'

export const preview: PreviewWords = {
  imagine: 'Stellen Sie sich vor, Sie öffnen',
  page: 'diese Seite der Website',
  referrer: 'und kommen von',
  noReferrer: 'nirgendwo: getippt, Lesezeichen',
  show: 'Zeigen, was gesendet würde',

  silent: 'Ihr Browser würde nichts senden',
  because: (reasons) => `Denn ${reasons.join(' und ')}.`,
  globalPrivacyControl: 'er sagt Global Privacy Control',
  doNotTrack: 'er sagt Do Not Track',
  automated: 'er ist automatisiert',

  headers: 'Header, die mitgehen',
  headersRead:
    'Ihr Browser fügt von sich aus Header hinzu. Der Collector liest diese, außerdem, ob die Seite nur im Voraus geladen wurde, und die Adresse, von der die Verbindung kommt; diese Adresse kennt die Seite hier nicht.',
  notSent: 'nicht gesendet',

  opening: 'Wenn die Seite sich öffnet',
  staying: 'Wenn Sie bleiben oder gehen',
  event: (name) => `Ereignis ${name}`,
  posted: (address, bytes, cookies) => `${address} · ${bytes} Byte · ${cookies ? 'mit Cookies' : 'keine Cookies'}`,
  refused: (answer) => `Diese Nachricht würde abgelehnt, mit dieser Antwort: „${answer}“.`,
  dropped: (reason) => `Diese Nachricht würde nicht gezählt: ${reason}.`,

  counted: 'Diese Nachricht würde zu jeder dieser Zahlen eins hinzufügen und wäre dann vergessen:',
  head: ['Plus eins', 'Für', 'Geschrieben'],
  total: 'Gesamtzahl',
  totals: {
    visits: (day, hour) => `Besuche am ${day} und in der Stunde ab ${hour}`,
    pageviews: (day) => `Seitenaufrufe am ${day}`,
    engaged: (day) => `Aktive Besuche am ${day}`,
    events: (day) => `Ereignisse am ${day}`,
  },
  exact: 'sofort, genau',
  value: (label, value) => `${label}: ${value}`,
  country: 'das Ihrer Adresse, die nur der Collector sieht',
  written: ({ many, times, several }) =>
    `in ganzen ${many}n, ${times === undefined ? 'sobald beide einen Namen haben' : `sobald es in einem Monat ${times}-mal kam`}${several ? ', aus mehreren Ländern oder Browsern' : ''}`,
}
