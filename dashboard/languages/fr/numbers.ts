// What the pages of a site's numbers say: the site, all values of a dimension, what was found, and what cannot be asked.
// In French.
import type { Dimension } from '../../../collector/contract.ts'
import { GRANULARITIES, PERIODS } from '../../period.ts'
import type { NumbersWords } from '../en/numbers.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { nouns } = general
const { form, plural, sayCount, sayFullDay, sayList, sayMonth, sayRange } = FORMATS.fr

/** One value of a dimension, with its article; all of them have the same: "les". */
const one: Record<Dimension, string> = {
  page: 'une page',
  entry_page: 'une page d’entrée',
  source: 'une source',
  channel: 'un canal',
  utm_source: 'une source de campagne',
  utm_medium: 'un support de campagne',
  utm_campaign: 'une campagne',
  utm_term: 'un terme de campagne',
  utm_content: 'un contenu de campagne',
  country: 'un pays',
  event: 'un événement',
  property: 'une propriété d’événement',
  hour: 'une heure',
  page_interval: 'un temps actif',
  session_interval: 'un temps actif',
  browser: 'une famille de navigateurs',
  reason: 'une raison de ne pas compter',
  dropped_hour: 'une heure de ce qui n’est pas compté',
}

/** All values of a dimension, within a sentence. */
const sayAll = (dimension: Dimension) =>
  dimension === 'session_interval' ? 'le temps actif' : `les ${nouns[dimension].many}`

export const numbers: NumbersWords = {
  panels: {
    sources: 'Sources',
    pages: 'Pages',
    places: 'Pays',
    engaged: 'Temps actif',
    campaigns: 'Campagnes',
    events: 'Événements',
  },
  periods: {
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    day: 'Un jour',
    '7d': '7 jours',
    '28d': '28 jours',
    '30d': '30 jours',
    '91d': '91 jours',
    month: 'Mois en cours',
    year: 'Année en cours',
    '6mo': '6 mois',
    '12mo': '12 mois',
    all: 'Depuis le début',
    custom: 'Jours choisis',
  },

  totals: 'Totaux',
  countedIn: (k) => `Tout ce qui porte un nom est compté par ${general.ks[k].many}.`,
  how: 'Comment, et pourquoi',
  unpaired: (by, others) =>
    `Ne se comptent pas avec ${one[by]} : ${sayList(others.map(sayAll))}. Une ligne ne réunit jamais plus de deux attributs, et seules certaines paires sont conservées.`,
  leftOut(months, isFiltered) {
    const [kept, covered, them] = form(
      months.length,
      ['est désormais conservé comme un mois entier', 'n’en couvre qu’une partie', 'l’omettent'] as const,
      ['sont désormais conservés comme des mois entiers', 'n’en couvre qu’une partie', 'les omettent'] as const,
    )
    const who = isFiltered ? `ces chiffres ${them}.` : `les panneaux ${them}, mais pas les totaux ci-dessus.`
    return `${sayList(months.map(sayMonth))} ${kept}. Cette période ${covered} : ${who}`
  },

  foot: {
    exact: (k, naming) =>
      `Les totaux sont exacts. Tout ce qui porte un nom est compté par ${general.ks[k].many} : ${naming}. Le texte libre d’un lien ou d’une propriété d’événement doit venir ${general.ks[k].twice} fois.`,
    bounce: `${general.bounce}.`,
    hours: (timezone, today) =>
      `Les heures et les jours sont ceux du fuseau ${timezone} ; aujourd’hui : ${sayFullDay(today)}.`,
    kept: (anonymization, retention) =>
      `Dans ce qui est compté à partir de maintenant, les heures deviennent des jours et les comptages nommés des mois, ${plural(anonymization, 'jour', 'jours')} après la fin de leur mois. ${plural(retention, 'jour', 'jours')} après le début du mois, tout devient aussitôt illisible, et quitte le disque environ une heure et quart plus tard, plus le temps que ClickHouse met à fusionner.`,
    dropped: 'Ce qui n’a pas été compté, et pourquoi',
    shortcuts: 'Raccourcis clavier',
    take: (csv, json) => rich`Emporter tout ceci en ${csv('CSV')} ou en ${json('JSON')}`,
    asCsv: 'Tout ce qui est sur cette page en CSV, dans un zip',
    asJson: 'Tout ce qui est sur cette page en JSON',
    reports: 'Rapport hebdomadaire et alertes',
    health: 'Tout arrive-t-il ?',
    tag: 'Balise de script de ce site',
  },

  back: 'Retour',
  backToAll: 'Retour à la vue d’ensemble',

  values: {
    findIn: (dimension) => `Chercher dans les ${nouns[dimension].many}`,
    nothing: (text) => `Aucun nom ne contient « ${text} » dans cette période.`,
    compared: (range, before) => `Les évolutions comparent ${sayRange(range)} à ${sayRange(before)}.`,
    filtered: 'Le filtre porte sur l’une de ces valeurs. Sans lui, elles sont toutes ici.',
    shareOf: (n) => `Part de ${sayCount(n)}`,
    perHundred: (metric) => `Pour 100 ${general.metrics[metric].many}`,
    change: 'Évolution',
    engaged: 'Temps actif, médiane',
    changed: (now, before) => `${sayCount(now)} au lieu de ${sayCount(before)}`,
    pages: 'Pages du tableau',
    previous: 'Page précédente',
    next: 'Page suivante',
    pageOf: (page, last) => `Page ${sayCount(page)} sur ${sayCount(last)}`,
  },

  search: {
    found: (values, text) =>
      values === 0 ? `Aucun nom ne contient « ${text} »` : `${plural(values, 'valeur', 'valeurs')} avec « ${text} »`,
    searched: (range, k) =>
      `La recherche a porté sur les noms de la période ${sayRange(range)}. Un nom y figure dès qu’il a été compté ${general.ks[k].one} fois dans un mois.`,
    noFilter: 'Ne se compte avec rien d’autre : pas de filtre.',
  },

  noDimension: { title: 'Cet attribut n’existe pas', sentence: 'Ce site ne compte rien de ce nom.' },
  noPeriod: {
    title: 'Cette période n’a pas de sens',
    sentence(refusal) {
      switch (refusal.because) {
        case 'unknown period':
          return `period doit être l’une de ces valeurs : ${PERIODS.join(', ')}.`
        case 'unknown granularity':
          return `by doit être l’une de ces valeurs : ${GRANULARITIES.join(', ')}.`
        case 'unknown comparison':
          return 'compare est previous, year, none, ou le premier des jours avec lesquels comparer.'
        case 'no day':
          return `${refusal.parameter} est un jour comme 2026-01-31, au plus tôt ${refusal.earliest}.`
        case 'date to come':
          return `date=${refusal.date} est dans le futur.`
        case 'days missing':
          return 'Une période choisie demande from et to, par exemple from=2026-01-01&to=2026-01-31.'
        case 'ends before it begins':
          return `La période finit (${refusal.to}) avant de commencer (${refusal.from}).`
        case 'period to come':
          return `La période commence dans le futur (${refusal.from}).`
        case 'too long':
          return `Une période dure au plus ${plural(refusal.days, 'jour', 'jours')}.`
      }
    },
  },
  noFilter: {
    title: 'Ce filtre n’a pas de sens',
    sentence: (refusal) =>
      refusal.because === 'no filter'
        ? 'Un filtre est un attribut et une valeur, par exemple filter=source:Google.'
        : `Ce site ne compte rien avec les ${nouns[refusal.dimension].many}.`,
  },
}
