// The record of processing activities of Article 30 GDPR, in the regulation's own terms. In German.
import type { RecordWords } from '../en/record.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { sayList, plural } = FORMATS.de
const { ks } = general

export const record: RecordWords = {
  title: (site) => `Verarbeitungsverzeichnis: Reichweitenmessung von ${site}`,
  heading: 'Verzeichnis von Verarbeitungstätigkeiten',
  of: (site, moment) => `Artikel 30 Absatz 1 DSGVO · Reichweitenmessung von ${site} · erstellt am ${moment}`,
  hint: 'Erstellt aus den Einstellungen dieser Website und aus dem, was das Programm aufbewahren darf. Drucken Sie es aus und füllen Sie die leeren Felder aus: Nur der Verantwortliche kennt sie. Es ist eine Hilfe, keine Rechtsberatung.',
  toFill: 'Vom Verantwortlichen auszufüllen',

  point: (letter) => `Buchst. ${letter}`,
  article6: 'Art. 6 DSGVO',
  note: 'Hinweis',

  controller: 'Verantwortlicher, Name und Kontakt',
  jointController: 'Gegebenenfalls gemeinsam mit ihm Verantwortlicher',
  representative: 'Gegebenenfalls Vertreter in der Union',
  officer: 'Gegebenenfalls Datenschutzbeauftragter',
  purposes: {
    title: 'Zwecke',
    measuring: (site) =>
      `Messung der Reichweite von ${site}: wie viele Besuche und Seitenaufrufe es gibt, woher sie kommen, welche Seiten und Ereignisse sie betreffen und wie lange Seiten gelesen werden, als Summen über alle Besucher.`,
    further: 'Gegebenenfalls weitere Zwecke',
  },
  legalBasis: 'Rechtsgrundlage (nicht Teil von Artikel 30, hier aber üblicherweise vermerkt)',
  subjects: {
    title: 'Kategorien betroffener Personen',
    visitors: (hosts) => `Besucher von ${sayList(hosts)}.`,
  },
  data: {
    title: 'Kategorien personenbezogener Daten',
    inTransit:
      'Während der Übertragung, für die Dauer einer Anfrage: IP-Adresse, User-Agent und die Header des Browsers über Roboter, Laden im Voraus und Widersprüche; Adresse der Seite, Referrer, Name und Eigenschaften von Ereignissen, Sekunden aktiver Zeit. Im Arbeitsspeicher, höchstens eine Minute lang: ein Hash der IP-Adresse mit Schlüssel.',
    kept: (k, attributes) =>
      `Aufbewahrt: genaue Gesamtzahlen der Besuche nach Stunde und der Besuche, Seitenaufrufe, aktiven Besuche und Ereignisse nach Tag sowie Zählungen in ganzen ${ks[k].many}n nach folgenden Merkmalen: ${sayList(attributes)}. Ein Wert, der in einem Monat nicht ${ks[k].one}mal gezählt wurde, wird als Hash mit Schlüssel und als Zahl aufbewahrt, sein Name nicht.`,
    notCollected: (never) => `Nicht erhoben: ${never.join('; ')}.`,
  },
  special: {
    title: 'Besondere Kategorien personenbezogener Daten (Artikel 9)',
    none: 'Danach wird nicht gefragt. Adressen von Seiten können davon etwas verraten, wo die Seiten der Website es tun.',
    assessment: 'Einschätzung des Verantwortlichen',
  },
  processors: 'Empfänger: Auftragsverarbeiter und wo sie sind',
  recipients: {
    title: 'Andere Empfänger',
    none: (page, address) =>
      rich`Die Software sendet an niemand anderen etwas. Die Seite, die all das erklärt, ${page(address)}, ist öffentlich.`,
    others: 'Wer die Zahlen sonst noch erhält',
  },
  transfers: 'Übermittlungen an Drittländer und ihre Garantien',
  erasure: {
    title: 'Löschfristen',
    periods: (anonymizationDays, retentionDays) =>
      `Anonymisierung, ${plural(anonymizationDays, 'Tag', 'Tage')} nach dem Ende eines Monats: Seine Stunden werden zu Tagen, seine benannten Zählungen zu Monaten. Aufbewahrung, ${plural(retentionDays, 'Tag', 'Tage')} nach dem Beginn eines Monats: Alles davon endet.`,
    example: (month, generalized, ended) =>
      `Was im ${month} gezählt wird, erreicht diese Termine am ${generalized} und am ${ended}.`,
    offTheDisk:
      'Was geendet hat, lässt sich von diesem Tag an nicht mehr lesen und ist etwa 75 Minuten später von der Festplatte verschwunden, zuzüglich der Zeit, die die Datenbank zum Zusammenführen braucht. Der Betreiber kann es früher enden lassen, nach Website und Datum.',
    backups: 'Sicherungen und die Protokolle dessen, der hostet',
  },
  security: {
    title: 'Technische und organisatorische Maßnahmen (Artikel 32)',
    measures: (k) => [
      `Zählen statt Aufzeichnen: keine Zeile für einen Besucher, einen Besuch oder ein Ereignis; kein Name unter ${ks[k].one} Zählungen im Monat; höchstens zwei Merkmale in einer Zeile.`,
      'Hashes dessen, was noch keinen Namen hat, werden mit einem zufälligen Schlüssel der Website und des Monats gebildet, der am Ende des Monats vernichtet wird.',
      'Die eigenen Regeln der Datenbank lehnen eine Zeile ohne ihre Termine und eine Zählung ab, die nicht in Fünfern ist; das Dashboard liest Sichten, die verbergen, was geendet hat.',
      'Wo ein Datenbankserver verwendet wird, hat jeder Teil einen eigenen Benutzer: Der Collector darf nur einfügen, das Dashboard nur die Sichten lesen.',
      'Adressen und User-Agents werden aus Protokollen und Fehlermeldungen herausgehalten.',
    ],
    place: 'Des Ortes, an dem es läuft: Zugang, Verschlüsselung, Sicherungen, Menschen',
  },
  limits: 'Was diese Maßnahmen nicht abdecken',
  reviewed: 'Geprüft von, am',
}
