// What the panels of a site say: values, goals, engaged time, the week, what is withheld of them, filter and search. In
// French.
import type { K, Metric } from '../../../collector/contract.ts'
import type { HourOfWeek, PanelsWords } from '../en/panels.ts'
import { capital, FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, form, sayList, sayWeekday, sayAverage } = FORMATS.fr
const { ks, metrics, nouns } = general

const count = (n: number, metric: Metric) => plural(n, metrics[metric].one, metrics[metric].many)
/** 'par cinq' */
const byKs = (k: K) => `par ${ks[k].many}`
const pairRule = (k: K) => `dès que ses deux valeurs sont nommées, ${byKs(k)}.`

export const panels: PanelsWords = {
  titles: { week: 'Heures de la semaine', goals: 'Objectifs' },
  by: (title) => `${title} par`,
  shownAs: { label: 'Affichage', map: 'Carte', list: 'Liste' },
  all: (n) => `Voir les ${n}`,
  details: 'Détails',
  showAll: 'Tout afficher',
  csv: 'Télécharger en CSV',
  why: (k) => `Pourquoi ${byKs(k)} ?`,

  columns: {
    counted: (metric) => metrics[metric].title,
    shared: (metric, base) => `${metrics[metric].title}, part de ${base}`,
    rated: (metric, per) => `${metrics[metric].title}, pour 100 ${metrics[per].many}`,
  },
  tooRare: 'Trop rares pour être nommés',
  tooRareMeaning: 'Comptés, mais chacun trop rare pour être nommé dans son mois',
  mapped: (country, n, metric) => `${country} : ${count(n, metric)}`,
  onlyThis: (n, metric) => `Filtré sur cette valeur : ${count(n, metric)}.`,
  notTogether: (dimension, by) =>
    `Sundial ne compte pas ensemble les ${nouns[dimension].many} et les ${nouns[by].many} : il ne conserve pas cette paire.`,

  filter: {
    is: (label, value, bold) => rich`${label} : ${bold(value)}`,
    remove: 'Retirer le filtre',
    counted: (k) => `Les chiffres filtrés sont comptés ${byKs(k)} ; les totaux exacts ne portent aucun attribut.`,
    only: (name) => `N’afficher que ${name}`,
    onlyInstead: (name, other) => `N’afficher que ${name}, au lieu de ${other}`,
  },
  search: {
    placeholder: 'Page, source, pays…',
    label: 'Chercher une page, une source, un pays ou un événement',
    find: 'Chercher',
  },

  foot: {
    countedIn: (k) => `Compté ${byKs(k)}.`,
    countedOnDay: (k) => `Compté ${byKs(k)}, le jour du ${ks[k].ordinal} : une partie est venue avant cette période.`,
    namedAfter: (k) => `Nommé à partir de ${ks[k].twice} dans le mois, compté ${byKs(k)}.`,
    inTotalsOnly: (n, metric) =>
      `${count(n, metric)} ${form(n, 'n’est', 'ne sont')} que dans les totaux : rechargements, et pages pas encore nommées.`,
    notNamedYet: (n, metric) => `${count(n, metric)} ${form(n, 'n’a', 'n’ont')} pas encore de nom.`,
    notShown: (n, metric) => `Non affiché : ${count(n, metric)}.`,
    pair: (k) => `Une paire compte ${pairRule(k)}`,
    eventBySource: (k) =>
      `Les événements des pages atteintes depuis le site même n’ont pas de source. Toute autre paire compte ${pairRule(k)}`,
    eventByEntryPage: (k) =>
      `Les événements des pages atteintes depuis le site même n’ont pas de page d’entrée. Toute autre paire compte ${pairRule(k)}`,
    property: (k) => `Un événement n’a pas toujours de propriété. Une paire compte ${pairRule(k)}`,
    until: (day) => `Jusqu’au ${day}.`,
    without: (months) => `Sans ${sayList(months)}.`,
  },

  nothing: {
    namedShows: 'Rien de cette période n’apparaît encore sous un nom.',
    kept: 'Rien n’est conservé de cette période.',
    together: 'Rien n’a été compté ensemble dans cette période.',
    event:
      "Aucun événement dans cette période. Les pages en envoient un avec sundial('signup') ; son nom apparaît comme tout autre.",
    counted: 'Rien dans cette période.',
    named: (naming) => `Rien n’est encore nommé : ${naming}.`,
  },

  goals: {
    column: 'Objectif',
    conversions: 'Conversions',
    conversionsPer: (per) => `Conversions, pour 100 ${metrics[per].many}`,
    meaning: (counted, k) =>
      `Les conversions sont ${sayList(counted.map((metric) => `des ${metrics[metric].many}`))}. Une visite peut en apporter plusieurs. Compté ${byKs(k)}.`,
    unanswered: (by, goals) => `Sans comptage par ${nouns[by].one} : ${sayList(goals)}.`,
    below: (path) => `Les pages sous ${path}`,
    none: (link) => rich`Pas encore d’objectif. ${link('Dire quels événements ou quelles pages en sont')}`,
  },

  engaged: {
    column: 'Onglet visible et au premier plan',
    median: 'médiane',
    notTogether: (by) => `Sans comptage par ${nouns[by].one} : Sundial ne conserve pas cette paire.`,
    none: (k) =>
      `Aucun temps actif compté dans cette période. Il apparaît dès que le script a signalé assez souvent dix secondes ou plus : il se compte ${byKs(k)}.`,
    tooFew: (n, metric, k) =>
      `Le temps actif apparaît à partir de ${count(n, metric)} : il se compte ${byKs(k)}, ce qui en dit trop peu en dessous de ce nombre.`,
    fromTen: (k) => `Les temps sont comptés ${byKs(k)}, à partir de 10 s.`,
    withRest: (k, rest, reloads) =>
      `Les temps sont comptés ${byKs(k)} ; le reste fait ${rest} ou n’est pas encore compté${reloads ? ', rechargements compris' : ''}.`,
  },

  week: {
    table: 'Visites par heure, en moyenne par jour de la semaine',
    reading: 'Dans la semaine : heure par heure',
    notYet: 'pas encore',
    most: ({ weekday, from, to }, n) =>
      `Pic le ${sayWeekday(weekday)}, ${from} – ${to} : ${sayAverage(n)} ${form(n, 'visite', 'visites')}`,
    none: 'Aucune visite dans ces heures.',
    cell: (at, visits) => `${sayHour(at)} : ${count(visits, 'visits')}`,
    average: (at, n, times) =>
      `${sayHour(at)} : ${sayAverage(n)} ${form(n, 'visite', 'visites')} en moyenne sur ${times}`,
    cellNotYet: (at) => `${sayHour(at)} : pas encore dans cette période`,
    meaning: (days) => `Les visites par heure sont exactes. Moyennes du ${days}, heures pleines seulement.`,
    earlierGone: 'Les heures des mois précédents sont devenues des jours.',
    allGone:
      'Les heures de cette période sont devenues des jours : ses visites sont conservées, leurs heures ne le sont pas.',
    nothingYet: 'Apparaît dès qu’une heure de cette période est passée.',
  },

  horizon: {
    sees: (seen, k) =>
      `Sans compte, voici ce que vous voyez : ${sayList(seen)}. Un jour montre ses noms dès que ${ks[k].one} visites de plus sont venues au cours de jours entiers après lui, pour que personne ne puisse regarder arriver des visites une à une.`,
    visitsOfToday: (hour) => `les visites d’aujourd’hui jusqu’à ${hour}`,
    someOfToday: (n, hour) => `${count(n, 'visits')} d’aujourd’hui jusqu’à ${hour}`,
    noTotals: 'pas encore de totaux de cette période',
    totals: (day) => `les totaux jusqu’au ${day}`,
    noNames: 'pas encore de noms de cette période',
    names: (day) => `les noms jusqu’au ${day}`,
    show30Days: 'Voir 30 jours',
  },
}

function sayHour({ weekday, from, to }: HourOfWeek): string {
  return `${capital(sayWeekday(weekday))}, ${from} – ${to}`
}
