// What is said of totals and of their chart: the figures and their changes, the drawing and its table. In German.
import type { ChartWords, Then } from '../en/chart.ts'
import { general } from './general.ts'

const { ks, metrics } = general

const BY = { hour: 'Stunde', day: 'Tag', week: 'Woche', month: 'Monat' } as const

function sayThen({ day, until }: Then): string {
  const on = day === undefined ? 'am Vortag' : `am ${day}`
  return until === undefined ? on : `bis ${until} ${on}`
}

const from: ChartWords['from'] = ({ now, before, then }) =>
  [now && `${now},`, then ? `${sayThen(then)} ${before}` : `zuvor ${before}`]
    .filter((part) => part !== undefined)
    .join(' ')

export const chart: ChartWords = {
  titles: {
    visits: metrics.visits.title,
    pageviews: metrics.pageviews.title,
    views_per_visit: 'Aufrufe je Besuch',
    bounce_rate: 'Absprungrate',
    events: metrics.events.title,
  },
  draw: {
    visits: 'Besuche zeichnen',
    pageviews: 'Seitenaufrufe zeichnen',
    views_per_visit: 'Aufrufe je Besuch zeichnen',
    bounce_rate: 'Absprungrate zeichnen',
    events: 'Ereignisse zeichnen',
  },
  drawn: 'Unten gezeichnet',
  viewsPerVisit: (n) => `${n} Aufrufe je Besuch`,
  bounced: (share) => `${share} abgesprungen`,
  engaged: 'Aktive Zeit, Median',
  engagedMeaning: {
    visits: 'Die Hälfte aller Besuche war länger aktiv',
    pageviews: 'Die Hälfte aller Seitenaufrufe war länger aktiv',
  },

  was: (before, then) => (then ? `${sayThen(then)} ${before}` : `zuvor ${before}`),
  from,
  unchanged: (compared) => `${general.unchanged}, ${from(compared)}`,
  hardlyChanged: (compared) => `kaum verändert, ${from(compared)}`,
  asBefore: 'wie zuvor',
  comparesDays: (days, before) => `Verglichen wird ${days} mit ${before}.`,
  withoutToday: (days, before) => `Verglichen wird ohne heute: ${days} mit ${before}.`,
  incomparable: {
    nothing_counted: 'Als die Vergleichstage begannen, wurde noch nichts gezählt; deshalb gibt es keine Veränderungen.',
    kept_by_month:
      'Die Vergleichstage umfassen nur einen Teil eines Monats, der inzwischen als ganzer aufbewahrt ist; deshalb gibt es keine Veränderungen.',
  },

  columns: BY,
  granularities: { hour: 'Stunden', day: 'Tage', week: 'Wochen', month: 'Monate' },
  drawnBy: 'Gezeichnet nach',
  none: (title, by) => `${title} nach ${BY[by]}: keine.`,
  most: (title, by, when, n) => `${title} nach ${BY[by]}, am meisten: ${when} (${n}).`,
  reading: 'Diagramm. Die Pfeiltasten lesen es Wert für Wert, die Eingabetaste öffnet, was gelesen wird.',
  thisPeriod: 'dieser Zeitraum',
  notOver: 'noch nicht vorbei',
  soFar: (bucket) => `${bucket}, bisher`,
  beforeColumn: 'Zuvor',
  table: 'Als Tabelle anzeigen',
  byHour: (drawn, k) =>
    `Nach Stunden werden ${drawn === 'events' ? 'Ereignisse' : 'Seitenaufrufe'} in ${ks[k].many}n gezählt und ergeben zusammen nicht die des Tages; Besuche sind genau.`,

  nothingShows: 'Von diesem Zeitraum ist noch nichts zu sehen.',
  noHours: 'Zählungen nach einem Merkmal haben keine Stunde; für einen einzelnen Tag gibt es nichts zu zeichnen.',
  oneMonth: 'Ein Monat, als ganzer aufbewahrt: Es gibt nichts zu zeichnen.',
  hoursGone: 'Die Stunden dieses Tages sind nicht mehr aufbewahrt, seine Gesamtzahlen schon.',

  notes: 'Notizen',
  earlierNotes: (n) => `und ${n} frühere`,
  writeNote: 'Notieren, was an einem Tag geschah',
}
