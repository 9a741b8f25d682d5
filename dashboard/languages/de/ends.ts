// What cannot be undone of a site: anonymizing now, deleting it, what is there, and the receipts of what was done. In
// German.
import type { EndsWords, ReceiptOf } from '../en/ends.ts'
import { FORMATS } from '../format.ts'

const { plural, sayDay, sayMoment } = FORMATS.de

const done: Record<ReceiptOf['action'], (domain: string) => string> = {
  added: (domain) => `${domain} hinzugefügt`,
  changed: (domain) => `${domain} geändert`,
  shortened: (domain) => `Fristen von ${domain} verkürzt`,
  lengthened: (domain) => `Fristen von ${domain} verlängert`,
  anonymized: (domain) => `${domain} anonymisiert`,
  deleted: (domain) => `${domain} gelöscht`,
}

export const ends: EndsWords = {
  anonymize: {
    title: 'Jetzt anonymisieren',
    lead: 'Alle Stunden werden zu Tagen, alle benannten Zählungen zu Monaten, auch die von heute. Was auf seinen Namen wartet, wird vergessen. Jede Gesamtzahl bleibt, wie sie ist. Für Besucher ist es, als wäre die Anonymisierungsfrist schon um.',
    button: 'Jetzt anonymisieren',
  },
  delete: {
    title: 'Website löschen',
    lead: 'Die Website verschwindet mit allem, was je von ihr gezählt wurde, mit ihren Einstellungen und ihren Freigabelinks. Gezählt wird auf ihr nichts mehr. Von da an lässt sich nichts mehr von ihr lesen. Nur die Quittung bleibt.',
    button: 'Website löschen',
  },
  unseen:
    'Wie viel das ist, lässt sich jetzt nicht zeigen: Die Datenbank antwortet nicht, oder dieses Dashboard hat dort keinen Benutzer, der nachsehen darf.',
  nothingYet: 'Noch ist nichts gezählt.',
  reach({ hours, days, counts }, last) {
    const there = `${plural(hours.rows, 'Stunde', 'Stunden')}, ${plural(days.rows, 'Tag', 'Tage')} mit ${plural(days.visits, 'Besuch', 'Besuchen')} und ${plural(counts.rows, 'Zählung nach Merkmal', 'Zählungen nach Merkmal')}`
    return last === undefined ? `Vorhanden sind ${there}.` : `Vorhanden sind ${there}, bis zum ${sayDay(last)}.`
  },
  typeIt: (domain) => `Geben Sie zur Bestätigung ${domain} ein`,
  noUndo: 'Das lässt sich nicht rückgängig machen.',
  notTyped: (domain) => `Nichts ist geschehen: Das war nicht ${domain}.`,

  receipts: 'Was getan wurde',
  receipt({ domain, action, at, watermark }) {
    const until = watermark === undefined ? '' : `, bis zum ${sayDay(watermark)}`
    return `${done[action](domain)}, angeordnet am ${sayMoment(at)}${until}`
  },
  before: 'Vorher',
  after: 'Nachher',
  rows: {
    hours: 'Stunden',
    days: 'Tage',
    counts: 'Zählungen nach Merkmal',
    visits: 'Besuche',
    pageviews: 'Seitenaufrufe',
    engaged: 'Aktive Besuche',
    events: 'Ereignisse',
    sum: 'Summe der Zählungen nach Merkmal',
  },

  isDone: 'Erledigt. Die Quittung steht unten.',
  isOrdered: {
    later:
      'Angeordnet. Die Datenbank antwortet gerade nicht; es geschieht innerhalb einer Stunde, nachdem sie wieder da ist, und die Quittung kommt dann ins Register.',
    hourly:
      'Angeordnet. Die stündlichen Auslöser der beiden Workers führen es innerhalb von zwei Stunden aus und schreiben die Quittung ins Register.',
  },
  deleted: {
    title: 'Gelöscht',
    heading: (domain) => `${domain} ist gelöscht`,
    isDone:
      'Nichts davon lässt sich noch lesen. Von der Festplatte ist es verschwunden, sobald die Datenbank aufgeräumt hat, innerhalb einer Viertelstunde.',
    isOrdered: {
      later: (command) =>
        `Gezählt wird dort nichts mehr. Die Datenbank antwortet gerade nicht; es geschieht innerhalb einer Stunde, nachdem sie wieder da ist, und die Quittung kommt dann ins Register. Dort zu sehen mit: ${command}`,
      hourly: (command) =>
        `Gezählt wird dort nichts mehr. Die stündlichen Auslöser der beiden Workers führen es innerhalb von zwei Stunden aus und schreiben die Quittung ins Register. Dort zu sehen mit: ${command}`,
    },
    next: 'Zu Ihren Websites',
  },
}
