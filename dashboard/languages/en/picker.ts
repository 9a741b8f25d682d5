// What the period picker says: its calendar, chosen days, and what a period is compared with. In English.
export const picker = {
  period: 'Period',
  earlier: 'Earlier',
  later: 'Later',
  from: 'From',
  to: 'To',
  show: 'Show',
  chooseDay: 'Choose a day, then another for a range.',
  chooseLast: 'Choose the last day of a range.',

  against: {
    previous: 'against the days before',
    year: 'against a year before',
    none: 'No comparison',
    days: (days: string) => `against ${days}`,
  },
  daysBefore: 'The days before',
  yearBefore: 'A year before',
  sameWeekdays: 'A year before, same weekdays',
  nothing: 'Nothing',
  anotherDay: 'Another day',
  otherDays: (n: number) => `Other ${n} days, from`,
  compare: 'Compare',
}

export type PickerWords = typeof picker
