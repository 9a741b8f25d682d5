// What the period picker says: its calendar, chosen days, and what a period is compared with. In French.
import type { PickerWords } from '../en/picker.ts'

export const picker: PickerWords = {
  period: 'Période',
  earlier: 'Plus tôt',
  later: 'Plus tard',
  from: 'Du',
  to: 'Au',
  show: 'Afficher',
  chooseDay: 'Choisissez un jour, puis un autre pour une plage.',
  chooseLast: 'Choisissez le dernier jour de la plage.',

  against: {
    previous: 'contre les jours d’avant',
    year: 'contre un an avant',
    none: 'Sans comparaison',
    days: (days) => `contre ${days}`,
  },
  daysBefore: 'Les jours d’avant',
  yearBefore: 'Un an avant',
  sameWeekdays: 'Un an avant, mêmes jours de semaine',
  nothing: 'Rien',
  anotherDay: 'Un autre jour',
  otherDays: (n) => `${n} autres jours, à partir du`,
  compare: 'Comparer',
}
