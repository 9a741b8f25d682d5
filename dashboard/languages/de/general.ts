// Words that many pages share: metrics, dimensions, values, and how Sundial counts. In German.
import type { General } from '../en/general.ts'
import { FORMATS } from '../format.ts'

const { plural, sayList, sayMonth } = FORMATS.de

const ks: General['ks'] = {
  5: { one: 'fünf', many: 'Fünfer', twice: 'zehn', ordinal: 'fünfte' },
  10: { one: 'zehn', many: 'Zehner', twice: 'zwanzig', ordinal: 'zehnte' },
  20: { one: 'zwanzig', many: 'Zwanziger', twice: 'vierzig', ordinal: 'zwanzigste' },
  50: { one: 'fünfzig', many: 'Fünfziger', twice: 'hundert', ordinal: 'fünfzigste' },
}

export const general: General = {
  metrics: {
    visits: { title: 'Besuche', one: 'Besuch', many: 'Besuche' },
    pageviews: { title: 'Seitenaufrufe', one: 'Seitenaufruf', many: 'Seitenaufrufe' },
    engaged: { title: 'Aktive Besuche', one: 'aktiver Besuch', many: 'aktive Besuche' },
    events: { title: 'Ereignisse', one: 'Ereignis', many: 'Ereignisse' },
    reach: { title: 'Erreicht', one: 'Mal erreicht', many: 'Mal erreicht' },
    dropped: { title: 'Nicht gezählt', one: 'Anfrage', many: 'Anfragen' },
  },
  dimensions: {
    page: 'Seiten',
    entry_page: 'Einstiegsseiten',
    source: 'Quellen',
    channel: 'Kanäle',
    utm_source: 'Quelle',
    utm_medium: 'Medium',
    utm_campaign: 'Kampagnen',
    utm_term: 'Begriff',
    utm_content: 'Inhalt',
    country: 'Länder',
    event: 'Ereignisse',
    property: 'Eigenschaften',
    hour: 'Stunden',
    page_interval: 'Seitenaufrufe',
    session_interval: 'Besuche',
    browser: 'Browser',
    reason: 'Nicht gezählt',
    dropped_hour: 'Nicht gezählt nach Stunde',
  },
  nouns: {
    page: { one: 'Seite', many: 'Seiten' },
    entry_page: { one: 'Einstiegsseite', many: 'Einstiegsseiten' },
    source: { one: 'Quelle', many: 'Quellen' },
    channel: { one: 'Kanal', many: 'Kanäle' },
    utm_source: { one: 'Kampagnenquelle', many: 'Kampagnenquellen' },
    utm_medium: { one: 'Kampagnenmedium', many: 'Kampagnenmedien' },
    utm_campaign: { one: 'Kampagne', many: 'Kampagnen' },
    utm_term: { one: 'Kampagnenbegriff', many: 'Kampagnenbegriffe' },
    utm_content: { one: 'Kampagneninhalt', many: 'Kampagneninhalte' },
    country: { one: 'Land', many: 'Länder' },
    event: { one: 'Ereignis', many: 'Ereignisse' },
    property: { one: 'Ereigniseigenschaft', many: 'Eigenschaften' },
    hour: { one: 'Stunde des Tages', many: 'Stunden' },
    page_interval: { one: 'aktive Zeit eines Seitenaufrufs', many: 'aktive Zeiten der Seitenaufrufe' },
    session_interval: { one: 'aktive Zeit eines Besuchs', many: 'aktive Zeiten der Besuche' },
    browser: { one: 'Browserfamilie', many: 'Browser' },
    reason: { one: 'Grund des Nichtzählens', many: 'Gründe des Nichtzählens' },
    dropped_hour: { one: 'Stunde des Nichtzählens', many: 'Stunden des Nichtzählens' },
  },
  values: {
    source: { '(private network)': '(privates Netz)', '(webmail)': '(Webmail)' },
    channel: {
      Search: 'Suche',
      Social: 'Soziale Netzwerke',
      'AI assistant': 'KI-Assistent',
      Email: 'E-Mail',
      Paid: 'Bezahlt',
      Video: 'Video',
      News: 'Nachrichten',
      Affiliate: 'Affiliate',
      Notification: 'Benachrichtigung',
      Campaign: 'Kampagne',
      Referral: 'Verweis',
      Internal: 'Intern',
      Direct: 'Direkt',
    },
    browser: { 'In-app browser': 'In-App-Browser' },
  },
  notes: { release: 'Version', campaign: 'Kampagne', other: 'Notiz' },
  note: (kind, text) => `${kind}: ${text}`,
  ks,
  direct: 'Direkt',
  unknown: 'Unbekannt',
  other: 'Andere',
  unchanged: 'unverändert',
  points: (n) => plural(n, 'Punkt', 'Punkte'),
  over: (duration) => `über ${duration}`,
  under: (duration) => `unter ${duration}`,
  bounce:
    'Ein Besuch springt ab, wenn seine erste Seite weniger als 10 s aktiv war und weder zu einer zweiten Seite der Website noch zu einem Ereignis führte',
  naming({ k, stratified, atMidnight, twice }) {
    const { one, twice: double } = ks[k]
    const from = stratified ? ', aus mehreren Ländern oder Browsern,' : ''
    const when = atMidnight ? ' nach Mitternacht' : ''
    return `ein Name erscheint${when}, sobald er in einem Monat ${twice ? double : one}mal vorkam${from} und danach ${one} weitere Besuche gekommen sind`
  },
  keptByMonth(months) {
    const one = months.length === 1
    return `${sayList(months.map(sayMonth))} ${one ? 'ist inzwischen als ganzer Monat aufbewahrt und erscheint' : 'sind inzwischen als ganze Monate aufbewahrt und erscheinen'} nur in einem Zeitraum, der ${one ? 'ihn' : 'sie'} ganz umfasst.`
  },
}
