// What the period picker says: its calendar, chosen days, and what a period is compared with. In German.
import type { PickerWords } from '../en/picker.ts'

export const picker: PickerWords = {
  period: 'Zeitraum',
  earlier: 'Früher',
  later: 'Später',
  from: 'Von',
  to: 'Bis',
  show: 'Anzeigen',
  chooseDay: 'Wählen Sie einen Tag, dann einen zweiten für einen Zeitraum.',
  chooseLast: 'Wählen Sie den letzten Tag des Zeitraums.',

  against: {
    previous: 'gegenüber den Tagen davor',
    year: 'gegenüber dem Jahr davor',
    none: 'Ohne Vergleich',
    days: (days) => `gegenüber ${days}`,
  },
  daysBefore: 'Die Tage davor',
  yearBefore: 'Ein Jahr davor',
  sameWeekdays: 'Ein Jahr davor, gleiche Wochentage',
  nothing: 'Nichts',
  anotherDay: 'Ein anderer Tag',
  otherDays: (n) => `Andere ${n} Tage, ab`,
  compare: 'Vergleichen',
}
