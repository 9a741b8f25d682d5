// What the panels of a site say: values, goals, engaged time, the week, what is withheld of them, filter and search. In
// German.
import type { K, Metric } from '../../../collector/contract.ts'
import type { HourOfWeek, PanelsWords } from '../en/panels.ts'
import { capital, FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, form, sayList, sayWeekday, sayAverage } = FORMATS.de
const { ks, metrics, nouns } = general

const count = (n: number, metric: Metric) => plural(n, metrics[metric].one, metrics[metric].many)
/** 'in Fünfern' */
const inKs = (k: K) => `in ${ks[k].many}n`
const pairRule = (k: K) => `sobald beide Werte benannt sind, ${inKs(k)}.`

export const panels: PanelsWords = {
  titles: { week: 'Stunden der Woche', goals: 'Ziele' },
  by: (title) => `${title} nach`,
  shownAs: { label: 'Darstellung', map: 'Karte', list: 'Liste' },
  all: (n) => `Alle ${n}`,
  details: 'Details',
  showAll: 'Alle anzeigen',
  csv: 'Als CSV herunterladen',
  why: (k) => `Warum ${ks[k].many}?`,

  columns: {
    counted: (metric) => metrics[metric].title,
    shared: (metric, base) => `${metrics[metric].title}, Anteil an ${base}`,
    rated: (metric, per) => `${metrics[metric].title}, auf je 100 ${metrics[per].many}`,
  },
  tooRare: 'Zu selten für einen Namen',
  tooRareMeaning: 'Gezählt, aber in ihrem Monat einzeln zu selten, um benannt zu werden',
  mapped: (country, n, metric) => `${country}: ${count(n, metric)}`,
  onlyThis: (n, metric) => `Hiernach gefiltert: ${count(n, metric)}.`,
  notTogether: (dimension, by) =>
    `${capital(nouns[dimension].many)} und ${nouns[by].many} werden nicht zusammen gezählt: Ein solches Paar führt Sundial nicht.`,

  filter: {
    is: (label, value, bold) => rich`${label}: ${bold(value)}`,
    remove: 'Filter entfernen',
    counted: (k) => `Gefilterte Zahlen sind ${inKs(k)} gezählt; genaue Gesamtzahlen tragen kein Merkmal.`,
    only: (name) => `Nur ${name} zeigen`,
    onlyInstead: (name, other) => `Nur ${name} zeigen statt ${other}`,
  },
  search: {
    placeholder: 'Seite, Quelle, Land suchen …',
    label: 'Eine Seite, eine Quelle, ein Land oder ein Ereignis suchen',
    find: 'Suchen',
  },

  foot: {
    countedIn: (k) => `Gezählt ${inKs(k)}.`,
    countedOnDay: (k) => `Gezählt ${inKs(k)}, am Tag des ${ks[k].ordinal}n: Manches kam vor diesem Zeitraum.`,
    namedAfter: (k) => `Benannt ab ${ks[k].twice} im Monat, gezählt ${inKs(k)}.`,
    inTotalsOnly: (n, metric) =>
      `${count(n, metric)} ${form(n, 'steht', 'stehen')} nur in den Gesamtzahlen: neu geladene und noch nicht benannte Seiten.`,
    notNamedYet: (n, metric) => `${count(n, metric)} ${form(n, 'ist', 'sind')} noch nicht benannt.`,
    notShown: (n, metric) => `${count(n, metric)} nicht gezeigt.`,
    pair: (k) => `Ein Paar zählt, ${pairRule(k)}`,
    eventBySource: (k) =>
      `Ereignisse auf Seiten, die innerhalb der Website erreicht wurden, haben keine Quelle. Jedes andere Paar zählt, ${pairRule(k)}`,
    eventByEntryPage: (k) =>
      `Ereignisse auf Seiten, die innerhalb der Website erreicht wurden, haben keine Einstiegsseite. Jedes andere Paar zählt, ${pairRule(k)}`,
    property: (k) => `Nicht jedes Ereignis hat eine Eigenschaft. Ein Paar zählt, ${pairRule(k)}`,
    until: (day) => `Bis ${day}.`,
    without: (months) => `Ohne ${sayList(months)}.`,
  },

  nothing: {
    namedShows: 'Von diesem Zeitraum ist noch nichts mit Namen zu sehen.',
    kept: 'Von diesem Zeitraum ist nichts aufbewahrt.',
    together: 'In diesem Zeitraum wurde nichts zusammen gezählt.',
    event:
      "Kein Ereignis in diesem Zeitraum. Seiten senden eines mit sundial('signup'); sein Name erscheint wie jeder andere.",
    counted: 'Nichts in diesem Zeitraum.',
    named: (naming) => `Noch nichts benannt: ${naming}.`,
  },

  goals: {
    column: 'Ziel',
    conversions: 'Konversionen',
    conversionsPer: (per) => `Konversionen, auf je 100 ${metrics[per].many}`,
    meaning: (counted, k) =>
      `Konversionen sind ${sayList(counted.map((metric) => metrics[metric].many))}. Ein Besuch kann mehrere bringen. Gezählt ${inKs(k)}.`,
    unanswered: (by, goals) => `Für einzelne ${nouns[by].many} nicht gezählt: ${sayList(goals)}.`,
    below: (path) => `Die Seiten unter ${path}`,
    none: (link) => rich`Noch keine Ziele. ${link('Festlegen, welche Ereignisse oder Seiten Ziele sind')}`,
  },

  engaged: {
    column: 'Tab sichtbar und im Vordergrund',
    median: 'Median',
    notTogether: (by) => `Für einzelne ${nouns[by].many} nicht gezählt: Ein solches Paar führt Sundial nicht.`,
    none: (k) =>
      `In diesem Zeitraum wurde keine aktive Zeit gezählt. Sie erscheint, sobald das Skript oft genug zehn Sekunden oder mehr gemeldet hat: Sie wird ${inKs(k)} gezählt.`,
    tooFew: (n, metric, k) =>
      `Aktive Zeit erscheint ab ${dative(n, metric)}: Sie wird ${inKs(k)} gezählt, und das sagt über weniger zu wenig.`,
    fromTen: (k) => `Zeiten sind ${inKs(k)} gezählt, ab 10 s.`,
    withRest: (k, rest, reloads) =>
      `Zeiten sind ${inKs(k)} gezählt; der Rest war ${rest} aktiv oder ist noch nicht gezählt${reloads ? ', auch neu geladene Seiten' : ''}.`,
  },

  week: {
    table: 'Besuche je Stunde, Durchschnitt nach Wochentag',
    reading: 'In der Woche: Stunde für Stunde',
    notYet: 'noch nicht',
    // 'Montag' becomes the adverb 'montags'.
    most: ({ weekday, from, to }, n) =>
      `Am meisten ${sayWeekday(weekday).toLowerCase()}s, ${from} – ${to}: ${sayAverage(n)} ${form(n, 'Besuch', 'Besuche')}`,
    none: 'In keiner dieser Stunden kam ein Besuch.',
    cell: (at, visits) => `${sayHour(at)}: ${count(visits, 'visits')}`,
    average: (at, n, times) =>
      `${sayHour(at)}: ${sayAverage(n)} ${form(n, 'Besuch', 'Besuche')} im Durchschnitt aus ${times}`,
    cellNotYet: (at) => `${sayHour(at)}: in diesem Zeitraum noch nicht`,
    meaning: (days) => `Besuche nach Stunden sind genau. Durchschnitte von ${days}, nur volle Stunden.`,
    earlierGone: 'Die Stunden früherer Monate sind zu Tagen geworden.',
    allGone:
      'Die Stunden dieses Zeitraums sind inzwischen zu Tagen geworden: Seine Besuche sind aufbewahrt, ihre Stunden nicht.',
    nothingYet: 'Erscheint, sobald eine Stunde dieses Zeitraums vorbei ist.',
  },

  horizon: {
    sees: (seen, k) =>
      `Ohne Konto sehen Sie ${sayList(seen)}. Ein Tag zeigt seine Namen, sobald an ganzen Tagen nach ihm ${ks[k].one} weitere Besuche gekommen sind, damit niemand einzelnen Besuchen beim Eintreffen zusehen kann.`,
    visitsOfToday: (hour) => `die Besuche von heute bis ${hour}`,
    someOfToday: (n, hour) => `${count(n, 'visits')} von heute bis ${hour}`,
    noTotals: 'noch keine Gesamtzahlen dieses Zeitraums',
    totals: (day) => `Gesamtzahlen bis ${day}`,
    noNames: 'noch keine Namen dieses Zeitraums',
    names: (day) => `Namen bis ${day}`,
    show30Days: '30 Tage anzeigen',
  },
}

function sayHour({ weekday, from, to }: HourOfWeek): string {
  return `${sayWeekday(weekday)}, ${from} – ${to}`
}

/** After 'ab': 'ab 20 Besuchen', 'ab 20 Seitenaufrufen'. */
function dative(n: number, metric: Metric): string {
  const { one, many } = metrics[metric]
  return plural(n, one, many.endsWith('n') ? many : `${many}n`)
}
