// What is said of totals and of their chart: the figures and their changes, the drawing and its table. In French.
import type { ChartWords, Then } from '../en/chart.ts'
import { general } from './general.ts'

const { ks, metrics } = general

const BY = { hour: 'heure', day: 'jour', week: 'semaine', month: 'mois' } as const

function sayThen({ day, until }: Then): string {
  const on = day === undefined ? 'la veille' : `le ${day}`
  return until === undefined ? on : `à ${until} ${on}`
}

const from: ChartWords['from'] = ({ now, before, then }) =>
  [now, `contre ${before}`, then && sayThen(then)].filter((part) => part !== undefined).join(' ')

const was: ChartWords['was'] = (before, then) => `${before} ${then ? sayThen(then) : 'avant'}`

export const chart: ChartWords = {
  titles: {
    visits: metrics.visits.title,
    pageviews: metrics.pageviews.title,
    views_per_visit: 'Pages par visite',
    bounce_rate: 'Taux de rebond',
    events: metrics.events.title,
  },
  draw: {
    visits: 'Tracer les visites',
    pageviews: 'Tracer les pages vues',
    views_per_visit: 'Tracer les pages par visite',
    bounce_rate: 'Tracer le taux de rebond',
    events: 'Tracer les événements',
  },
  drawn: 'Tracé ci-dessous',
  viewsPerVisit: (n) => `${n} pages par visite`,
  bounced: (share) => `${share} de rebond`,
  engaged: 'Temps actif, médiane',
  engagedMeaning: {
    visits: 'La moitié des visites ont été actives plus longtemps',
    pageviews: 'La moitié des pages vues ont été actives plus longtemps',
  },

  was,
  from,
  unchanged: ({ before, then }) => `${general.unchanged}, ${was(before, then)}`,
  hardlyChanged: ({ before, then }) => `presque inchangé, ${was(before, then)}`,
  asBefore: 'comme avant',
  comparesDays: (days, before) => `Sont comparés ${days} et ${before}.`,
  withoutToday: (days, before) => `Sont comparés, sans aujourd’hui, ${days} et ${before}.`,
  incomparable: {
    nothing_counted:
      'Rien n’était encore compté quand ont commencé les jours de comparaison ; il n’y a donc pas d’évolution.',
    kept_by_month:
      'Les jours de comparaison ne couvrent qu’une partie d’un mois désormais conservé entier ; il n’y a donc pas d’évolution.',
  },

  columns: { hour: 'Heure', day: 'Jour', week: 'Semaine', month: 'Mois' },
  granularities: { hour: 'Heures', day: 'Jours', week: 'Semaines', month: 'Mois' },
  drawnBy: 'Tracé par',
  none: (title, by) => `${title} par ${BY[by]} : rien.`,
  most: (title, by, when, n) => `${title} par ${BY[by]}, le plus : ${when} (${n}).`,
  reading: 'Graphique. Les flèches le lisent valeur par valeur, Entrée ouvre ce qui est lu.',
  thisPeriod: 'cette période',
  notOver: 'pas encore fini',
  soFar: (bucket) => `${bucket}, jusqu’ici`,
  beforeColumn: 'Avant',
  table: 'Afficher en tableau',
  byHour: (drawn, k) =>
    `Par heure, les ${drawn === 'events' ? 'événements' : 'pages vues'} se comptent par ${ks[k].many} et leur somme n’est pas celle du jour ; les visites sont exactes.`,

  nothingShows: 'Rien de cette période n’est encore visible.',
  noHours: 'Ce qui est compté par attribut n’a pas d’heure ; il n’y a rien à tracer pour un seul jour.',
  oneMonth: 'Un mois, conservé entier : il n’y a rien à tracer.',
  hoursGone: 'Les heures de ce jour ne sont plus conservées ; ses totaux le sont.',

  notes: 'Notes',
  earlierNotes: (n) => `et ${n} plus anciennes`,
  writeNote: 'Noter ce qui s’est passé un jour',
}
