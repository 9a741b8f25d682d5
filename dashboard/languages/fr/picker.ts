// What the period picker says: its calendar, chosen days, and what a period is compared with. In French.
import type { PickerWords } from '../en/picker.ts'

export const picker: PickerWords = {
  period: 'Période',
  earlier: 'Plus tôt',
  later: 'Plus tard',
  from: 'Du',
  to: 'Au',
  show: 'Afficher',
  chooseDay: 'Choisissez un jour, puis un autre pour une période.',
  chooseLast: 'Choisissez le dernier jour de la période.',

  against: {
    previous: 'contre les jours précédents',
    year: 'contre un an plus tôt',
    none: 'Sans comparaison',
    days: (days) => `contre ${days}`,
  },
  daysBefore: 'Les jours précédents',
  yearBefore: 'Un an plus tôt',
  sameWeekdays: 'Un an plus tôt, mêmes jours de la semaine',
  nothing: 'Rien',
  anotherDay: 'Un autre jour',
  otherDays: (n) => `${n} autres jours, à partir du`,
  compare: 'Comparer',
}
