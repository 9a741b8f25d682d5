// What the pages of a site's numbers say: the site, all values of a dimension, what was found, and what cannot be asked.
// In German.
import type { Dimension } from '../../../collector/contract.ts'
import { GRANULARITIES, PERIODS } from '../../period.ts'
import type { NumbersWords } from '../en/numbers.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { nouns } = general
const { form, plural, sayCount, sayFullDay, sayList, sayMonth, sayRange } = FORMATS.de

/** Behind "mit": one value of a dimension, or all of them. */
const within: Record<Dimension, { one: string; all: string }> = {
  page: { one: 'einer Seite', all: 'Seiten' },
  entry_page: { one: 'einer Einstiegsseite', all: 'Einstiegsseiten' },
  source: { one: 'einer Quelle', all: 'Quellen' },
  channel: { one: 'einem Kanal', all: 'Kanälen' },
  utm_source: { one: 'einer Kampagnenquelle', all: 'Kampagnenquellen' },
  utm_medium: { one: 'einem Kampagnenmedium', all: 'Kampagnenmedien' },
  utm_campaign: { one: 'einer Kampagne', all: 'Kampagnen' },
  utm_term: { one: 'einem Kampagnenbegriff', all: 'Kampagnenbegriffen' },
  utm_content: { one: 'einem Kampagneninhalt', all: 'Kampagneninhalten' },
  country: { one: 'einem Land', all: 'Ländern' },
  event: { one: 'einem Ereignis', all: 'Ereignissen' },
  property: { one: 'einer Ereigniseigenschaft', all: 'Ereigniseigenschaften' },
  hour: { one: 'einer Stunde', all: 'Stunden' },
  page_interval: { one: 'der aktiven Zeit', all: 'der aktiven Zeit' },
  session_interval: { one: 'der aktiven Zeit', all: 'der aktiven Zeit' },
  browser: { one: 'einer Browserfamilie', all: 'Browserfamilien' },
  reason: { one: 'einem Grund des Nichtzählens', all: 'Gründen des Nichtzählens' },
  dropped_hour: { one: 'einer Stunde des Nichtzählens', all: 'Stunden des Nichtzählens' },
}

/** All values of a dimension, within a sentence. */
const sayAll = (dimension: Dimension) => (dimension === 'session_interval' ? 'aktive Zeit' : nouns[dimension].many)

export const numbers: NumbersWords = {
  panels: {
    sources: 'Quellen',
    pages: 'Seiten',
    places: 'Länder',
    engaged: 'Aktive Zeit',
    campaigns: 'Kampagnen',
    events: 'Ereignisse',
  },
  periods: {
    today: 'Heute',
    yesterday: 'Gestern',
    day: 'Ein Tag',
    '7d': '7 Tage',
    '28d': '28 Tage',
    '30d': '30 Tage',
    '91d': '91 Tage',
    month: 'Monat bis heute',
    year: 'Jahr bis heute',
    '6mo': '6 Monate',
    '12mo': '12 Monate',
    all: 'Gesamter Zeitraum',
    custom: 'Gewählte Tage',
  },

  totals: 'Gesamtzahlen',
  countedIn: (k) => `Alles, was einen Namen hat, wird in ${general.ks[k].many}n gezählt.`,
  how: 'Wie und warum',
  unpaired: (by, others) =>
    `Nicht zusammen mit ${within[by].one} gezählt: ${sayList(others.map(sayAll))}. In einer Zeile stehen nie mehr als zwei Merkmale, und nur manche Paare werden aufbewahrt.`,
  leftOut(months, isFiltered) {
    const [kept, of, them] = form(
      months.length,
      ['ist inzwischen als ganzer Monat aufbewahrt', 'davon', 'ihn'] as const,
      ['sind inzwischen als ganze Monate aufbewahrt', 'davon', 'sie'] as const,
    )
    const who = isFiltered
      ? `deshalb lassen diese Zahlen ${them} aus.`
      : `deshalb lassen die einzelnen Auswertungen ${them} aus, die Gesamtzahlen oben nicht.`
    return `${sayList(months.map(sayMonth))} ${kept}. Dieser Zeitraum umfasst nur einen Teil ${of}, ${who}`
  },

  foot: {
    exact: (k, naming) =>
      `Gesamtzahlen sind genau. Alles mit einem Namen wird in ${general.ks[k].many}n gezählt: ${naming}. Der freie Text eines Links oder einer Ereigniseigenschaft muss ${general.ks[k].twice}mal vorkommen.`,
    bounce: `${general.bounce}.`,
    hours: (timezone, today) => `Stunden und Tage sind die der Zeitzone ${timezone}; heute ist ${sayFullDay(today)}.`,
    kept: (anonymization, retention) =>
      `Von dem, was ab jetzt gezählt wird, werden ${plural(anonymization, 'Tag', 'Tage')} nach Monatsende Stunden zu Tagen und benannte Zählungen zu Monaten. ${plural(retention, 'Tag', 'Tage')} nach Monatsbeginn ist alles davon sofort unlesbar und etwa 75 Minuten später von der Festplatte verschwunden, zuzüglich der Zeit, die ClickHouse zum Zusammenführen braucht.`,
    dropped: 'Was nicht gezählt wurde, und warum',
    shortcuts: 'Tastenkürzel',
    take: (csv, json) => rich`Alles hier mitnehmen als ${csv('CSV')} oder ${json('JSON')}`,
    asCsv: 'Alles auf dieser Seite als CSV in einer ZIP-Datei',
    asJson: 'Alles auf dieser Seite als JSON',
    reports: 'Wochenbericht und Hinweise',
    health: 'Kommt alles an?',
    tag: 'Skript-Tag dieser Website',
  },

  back: 'Zurück',
  backToAll: 'Zurück zur Übersicht',

  values: {
    findIn: (dimension) => `${nouns[dimension].many} durchsuchen`,
    nothing: (text) => `In diesem Zeitraum enthält kein Name „${text}“.`,
    compared: (range, before) => `Veränderungen vergleichen ${sayRange(range)} mit ${sayRange(before)}.`,
    filtered: 'Nach einem davon ist gefiltert. Ohne den Filter stehen hier alle.',
    shareOf: (n) => `Anteil an ${sayCount(n)}`,
    perHundred: (metric) => `Je 100 ${general.metrics[metric].many}`,
    change: 'Veränderung',
    engaged: 'Aktiv, Median',
    changed: (now, before) => `${sayCount(now)} statt ${sayCount(before)}`,
    pages: 'Seiten der Tabelle',
    previous: 'Vorige Seite',
    next: 'Nächste Seite',
    pageOf: (page, last) => `Seite ${sayCount(page)} von ${sayCount(last)}`,
  },

  search: {
    found: (values, text) =>
      values === 0 ? `Kein Name enthält „${text}“` : `${plural(values, 'Wert', 'Werte')} mit „${text}“`,
    searched: (range, k) =>
      `Gesucht wurde in den Namen von ${sayRange(range)}. Ein Name steht darin, sobald er in einem Monat ${general.ks[k].one}mal gezählt wurde.`,
    noFilter: 'Wird mit nichts anderem zusammen gezählt: kein Filter.',
  },

  noDimension: { title: 'Dieses Merkmal gibt es nicht', sentence: 'Diese Website zählt nichts mit diesem Namen.' },
  noPeriod: {
    title: 'Dieser Zeitraum ergibt keinen Sinn',
    sentence(refusal) {
      switch (refusal.because) {
        case 'unknown period':
          return `period muss einer dieser Werte sein: ${PERIODS.join(', ')}.`
        case 'unknown granularity':
          return `by muss einer dieser Werte sein: ${GRANULARITIES.join(', ')}.`
        case 'unknown comparison':
          return 'compare ist previous, year, none oder der erste der Tage, mit denen verglichen wird.'
        case 'no day':
          return `${refusal.parameter} ist ein Tag wie 2026-01-31, frühestens ${refusal.earliest}.`
        case 'date to come':
          return `date=${refusal.date} liegt in der Zukunft.`
        case 'days missing':
          return 'Ein eigener Zeitraum braucht from und to, zum Beispiel from=2026-01-01&to=2026-01-31.'
        case 'ends before it begins':
          return `Der Zeitraum endet (${refusal.to}), bevor er beginnt (${refusal.from}).`
        case 'period to come':
          return `Der Zeitraum beginnt in der Zukunft (${refusal.from}).`
        case 'too long':
          return `Ein Zeitraum darf höchstens ${plural(refusal.days, 'Tag', 'Tage')} umfassen.`
      }
    },
  },
  noFilter: {
    title: 'Dieser Filter ergibt keinen Sinn',
    sentence: (refusal) =>
      refusal.because === 'no filter'
        ? 'Ein Filter besteht aus einem Merkmal und einem Wert, zum Beispiel filter=source:Google.'
        : `Diese Website zählt nichts zusammen mit ${within[refusal.dimension].all}.`,
  },
}
