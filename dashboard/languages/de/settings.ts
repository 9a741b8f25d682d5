// The settings of a site: what each is called and does to visitors, and the pages of their forms. In German.
import type { SettingsWords } from '../en/settings.ts'
import { sayRefused } from './refusals.ts'

const of: SettingsWords['of'] = {
  domain: {
    label: 'Domain',
    effect: 'Ändert nichts für Besucher: Von ihnen wird dasselbe aufbewahrt, unter einem anderen Namen.',
  },
  hosts: {
    label: 'Hosts',
    effect: 'Besucher werden nur auf Seiten dieser Hosts gezählt.',
  },
  timezone: {
    label: 'Zeitzone',
    effect:
      'Bestimmt, zu welcher Stunde und zu welchem Tag ein Besuch gehört; wie spät es bei einem Besucher selbst ist, wird nie gefragt.',
  },
  k: {
    label: 'Kleinste Zahl',
    effect:
      'Seiten, Quellen, Länder und alles andere mit einem Namen werden in ganzen Vielfachen davon aufbewahrt: Je höher sie ist, desto weniger sagt eine Zahl über einen einzelnen Besucher.',
  },
  profile: {
    label: 'Profil',
    effect: 'Bestimmt, wie viel von einem Besuch überhaupt gezählt wird.',
  },
  browserFamilies: {
    label: 'Browserfamilien zählen',
    effect:
      'Besuche werden auch nach der Familie ihres Browsers gezählt, etwa Firefox: nie nach Version, System oder Gerät.',
  },
  queryParameters: {
    label: 'Query-Parameter, die bleiben',
    effect:
      'Was in diesen Parametern einer Adresse steht, wird mit ihrer Seite aufbewahrt; deshalb darf keiner von ihnen einen Namen, eine Suche oder eine Kennung enthalten. Alle anderen fallen weg.',
  },
  pathPatterns: {
    label: 'Pfade, in denen Persönliches steht',
    effect:
      'Was diese Muster in einem Pfad bezeichnen, wird ersetzt, bevor irgendetwas gezählt wird, und so nie aufbewahrt.',
  },
  pathExceptions: {
    label: 'Pfade, die nur persönlich aussehen',
    effect:
      'Was in diesen Pfaden steht, wird aufbewahrt, wie es ist, auch wenn es wie eine Kennung oder ein Name aussieht; E-Mail-Adressen nie.',
  },
  properties: {
    label: 'Eigenschaften von Ereignissen',
    effect:
      'Diese Eigenschaften von Ereignissen werden gezählt, Zahlen nach Intervallen; jede andere, die ein Browser sendet, fällt weg.',
  },
  goals: {
    label: 'Ziele',
    effect: 'Liest nur, was ohnehin gezählt wird: Von Besuchern wird nichts zusätzlich aufbewahrt.',
  },
  controller: {
    label: 'Wer verantwortlich ist',
    effect: 'Besucher lesen auf der Transparenzseite, wen sie fragen können und wie sie ihn erreichen.',
  },
  processors: {
    label: 'Wer verarbeitet, und wo',
    effect: 'Besucher lesen auf der Transparenzseite, wer sonst mit den Zählungen umgeht und in welchem Land.',
  },
  public: {
    label: 'Alle dürfen die Statistik lesen',
    effect:
      'Niemand erfährt über einen Besucher mehr, als die Zählungen enthalten; zu sehen sind sie nur bis zu einem Horizont, damit sich kein einzelner Besuch beobachten lässt, während er kommt.',
  },
  anonymizationDays: {
    label: 'Anonymisierungsfrist',
    effect:
      'So viele Tage nach dem Ende eines Monats werden seine Stunden zu Tagen und seine benannten Zählungen zu Monaten.',
  },
  retentionDays: {
    label: 'Aufbewahrungsfrist',
    effect: 'So viele Tage nach dem Beginn eines Monats lässt sich von seinen Besuchen nichts mehr lesen.',
  },
}

export const settings: SettingsWords = {
  of,
  title: 'Einstellungen',
  pages: {
    '': 'Domain und Hosts',
    '/counting': 'Wie gezählt wird',
    '/events': 'Seiten und Ereignisse',
    '/transparency': 'Transparenz',
    '/sharing': 'Wer lesen darf',
    '/periods': 'Fristen',
    '/end': 'Anonymisieren, löschen',
  },
  forms: {
    domain: 'Domain',
    hosts: 'Hosts und Aliasse',
    timezone: 'Zeitzone',
    rule: 'Wie viel gezählt wird',
    browsers: 'Browser',
    paths: 'Seiten',
    properties: 'Ereignisse',
    goals: 'Ziele',
    responsible: 'Was Besucher über Sie lesen',
    public: 'Alle',
  },
  save: 'Speichern',
  saved: 'Gespeichert',

  more: {
    domain:
      'Die alte Domain bleibt unter den Hosts, Skript-Tags mit ihrem Namen zählen also weiter. Links zur alten Adresse dieser Seite und des Dashboards führen ins Leere.',
    hosts:
      'Einer je Zeile, zum Beispiel blog.example.com. Ein Skript-Tag darf jeden von ihnen als seine Domain nennen.',
    timezone: 'Was schon gezählt ist, behält seine Stunden und Tage.',
    queryParameters: 'Einer je Zeile, zum Beispiel lang.',
    pathPatterns:
      'Eines je Zeile: /u/:name/posts ersetzt jedes /u/ann/posts; * ist ein beliebiges Segment, ein ** am Ende der Rest. Kennungen, Tokens und E-Mail-Adressen werden auch ohne Muster ersetzt.',
    pathExceptions: 'Einer je Zeile, zum Beispiel /blog/20240115 oder /docs/*.',
    properties:
      'Eine je Zeile: plan für Texte, amount:10,50,100 für Zahlen und ihre Grenzen. Die Ereignisse selbst brauchen keine Angabe.',
    goals: 'Eines je Zeile: der Name eines Ereignisses, etwa signup, oder eine Seite, etwa /thanks oder /docs/*.',
    processors: 'Einer je Zeile, zum Beispiel Hetzner, Falkenstein (EU).',
    public: 'Suchmaschinen werden gebeten, fernzubleiben.',
  },
  hostsBeside: (domain) => `Hosts neben ${domain}`,
  reached: 'Was als erreicht zählt',
  startsAgain:
    'Ändert sich eines von beiden, beginnt der Monat neu: Nichts, was unter einer Regel gezählt wurde, wird unter einer anderen benannt. Was noch keinen Namen hat, zählt als „Andere“, und Seiten, Quellen und Länder verdienen sich ihre Namen von vorn. Gesamtzahlen laufen weiter, und was schon zu sehen ist, bleibt.',
  agreed: 'Den Monat neu beginnen, wenn sich hier etwas ändert',
  notAgreed: 'Damit beginnt der Monat neu. Bestätigen Sie das mit dem Häkchen.',
  asVisitorsSeeIt: 'Die Transparenzseite, wie Besucher sie sehen',
  refused: sayRefused,
}
