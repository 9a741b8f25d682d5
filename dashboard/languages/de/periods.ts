// The two periods of a site: their form, what would go under shorter ones, and what has gone. In German.
import type { PeriodsWords } from '../en/periods.ts'
import { FORMATS } from '../format.ts'

const { plural, sayCount } = FORMATS.de

export const periods: PeriodsWords = {
  title: 'Wie lange was aufbewahrt wird',
  inDays: {
    anonymizationDays: 'Anonymisierungsfrist in Tagen',
    retentionDays: 'Aufbewahrungsfrist in Tagen',
  },
  bounds: {
    anonymizationDays: (least, most) => `${least} bis ${most} Tage.`,
    retentionDays: (beyond, most) =>
      `Mehr als die Anonymisierungsfrist und ${beyond} Tage zusammen, höchstens ${most} Tage.`,
  },
  lead: 'Eine kürzere Frist gilt auch für das, was schon gezählt ist, und lässt sich nicht zurücknehmen. Eine längere gilt nur für das, was von da an gezählt wird. Nichts ändert sich, bevor Sie gesehen haben, was wegfällt.',
  see: 'Ansehen, was sich ändern würde',

  plan: 'Was sich ändern würde',
  change: {
    anonymizationDays: (from, to) => `Anonymisierung: ${sayThen(from, to)}`,
    retentionDays: (from, to) => `Aufbewahrung: ${sayThen(from, to)}`,
  },
  longer: 'Eine längere Frist gilt für das, was ab jetzt gezählt wird. Was da ist, behält seine Termine.',
  unseen:
    'Wie viel sofort wegfällt, lässt sich jetzt nicht zeigen: Die Datenbank antwortet nicht, oder dieses Dashboard hat dort keinen Benutzer, der nachsehen darf. Monate, deren kürzere Frist um ist, fallen sofort weg, der Rest früher als sonst.',
  nothingGoes: 'Sofort fällt nichts weg. Was da ist, fällt früher weg als sonst.',
  month: 'Monat',
  goes: 'Was sofort wegfällt',
  theRest: 'Der Rest fällt früher weg als sonst.',
  agreed: 'Das lässt sich nicht rückgängig machen und soll geschehen',
  notAgreed: 'Was wegfällt, kommt nicht zurück. Bestätigen Sie mit dem Häkchen, dass es geschehen soll.',
  shorten: 'Verkürzen',
  lengthen: 'Ändern',
  shortened: 'Verkürzte Fristen',

  going({ hours, generalized, days, removed, visits, n }) {
    const attributes = (rows: number) => plural(rows, 'Zählung nach Merkmal', 'Zählungen nach Merkmal')
    if (days + removed > 0) {
      return `entfernt: ${plural(days, 'Tag', 'Tage')} mit ${plural(visits, 'Besuch', 'Besuchen')}, ${attributes(removed)} (zusammen ${sayCount(n)}), ${plural(hours, 'Stunde', 'Stunden')}`
    }
    return `verallgemeinert: ${plural(hours, 'Stunde', 'Stunden')} zu ihren Tagen, ${attributes(generalized)} zum Monat`
  },
}

function sayThen(from: number, to: number): string {
  const days = plural(from, 'Tag', 'Tage')
  return from === to ? `${days}, wie jetzt` : `jetzt ${days}, dann ${to}`
}
