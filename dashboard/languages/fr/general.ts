// Words that many pages share: metrics, dimensions, values, and how Sundial counts. In French.
import type { General } from '../en/general.ts'
import { FORMATS } from '../format.ts'

const { plural, sayList, sayMonth } = FORMATS.fr

const ks: General['ks'] = {
  5: { one: 'cinq', many: 'cinq', twice: 'dix', ordinal: 'cinquième' },
  10: { one: 'dix', many: 'dix', twice: 'vingt', ordinal: 'dixième' },
  20: { one: 'vingt', many: 'vingt', twice: 'quarante', ordinal: 'vingtième' },
  50: { one: 'cinquante', many: 'cinquante', twice: 'cent', ordinal: 'cinquantième' },
}

export const general: General = {
  metrics: {
    visits: { title: 'Visites', one: 'visite', many: 'visites' },
    pageviews: { title: 'Pages vues', one: 'page vue', many: 'pages vues' },
    engaged: { title: 'Visites actives', one: 'visite active', many: 'visites actives' },
    events: { title: 'Événements', one: 'événement', many: 'événements' },
    reach: { title: 'Atteint', one: 'fois atteint', many: 'fois atteint' },
    dropped: { title: 'Non comptées', one: 'requête', many: 'requêtes' },
  },
  dimensions: {
    page: 'Pages',
    entry_page: 'Pages d’entrée',
    source: 'Sources',
    channel: 'Canaux',
    utm_source: 'Source',
    utm_medium: 'Support',
    utm_campaign: 'Campagnes',
    utm_term: 'Terme',
    utm_content: 'Contenu',
    country: 'Pays',
    event: 'Événements',
    property: 'Propriétés',
    hour: 'Heures',
    page_interval: 'Pages vues',
    session_interval: 'Visites',
    browser: 'Navigateurs',
    reason: 'Non comptées',
    dropped_hour: 'Non comptées par heure',
  },
  nouns: {
    page: { one: 'page', many: 'pages' },
    entry_page: { one: 'page d’entrée', many: 'pages d’entrée' },
    source: { one: 'source', many: 'sources' },
    channel: { one: 'canal', many: 'canaux' },
    utm_source: { one: 'source de campagne', many: 'sources de campagne' },
    utm_medium: { one: 'support de campagne', many: 'supports de campagne' },
    utm_campaign: { one: 'campagne', many: 'campagnes' },
    utm_term: { one: 'terme de campagne', many: 'termes de campagne' },
    utm_content: { one: 'contenu de campagne', many: 'contenus de campagne' },
    country: { one: 'pays', many: 'pays' },
    event: { one: 'événement', many: 'événements' },
    property: { one: 'propriété d’événement', many: 'propriétés' },
    hour: { one: 'heure de la journée', many: 'heures' },
    page_interval: { one: 'temps actif d’une page vue', many: 'temps actifs des pages vues' },
    session_interval: { one: 'temps actif d’une visite', many: 'temps actifs des visites' },
    browser: { one: 'famille de navigateurs', many: 'navigateurs' },
    reason: { one: 'raison de ne pas compter', many: 'raisons de ne pas compter' },
    dropped_hour: { one: 'heure de ce qui n’est pas compté', many: 'heures de ce qui n’est pas compté' },
  },
  values: {
    source: { '(private network)': '(réseau privé)', '(webmail)': '(messagerie web)' },
    channel: {
      Search: 'Recherche',
      Social: 'Réseaux sociaux',
      'AI assistant': 'Assistant IA',
      Email: 'E-mail',
      Paid: 'Payant',
      Video: 'Vidéo',
      News: 'Actualités',
      Affiliate: 'Affiliation',
      Notification: 'Notification',
      Campaign: 'Campagne',
      Referral: 'Sites référents',
      Internal: 'Interne',
      Direct: 'Direct',
    },
    browser: { 'In-app browser': 'Navigateur intégré' },
  },
  notes: { release: 'Version', campaign: 'Campagne', other: 'Note' },
  note: (kind, text) => `${kind} : ${text}`,
  ks,
  direct: 'Direct',
  unknown: 'Inconnu',
  other: 'Autres',
  unchanged: 'inchangé',
  points: (n) => plural(n, 'point', 'points'),
  over: (duration) => `plus de ${duration}`,
  under: (duration) => `moins de ${duration}`,
  bounce:
    'Une visite rebondit quand sa première page a été active moins de 10 s et n’a mené ni à une deuxième page du site ni à un événement',
  naming({ k, stratified, atMidnight, twice }) {
    const { one, twice: double } = ks[k]
    const from = stratified ? ', depuis plusieurs pays ou navigateurs,' : ''
    const when = atMidnight ? ' après minuit,' : ''
    return `un nom apparaît${when} dès qu’il est venu ${twice ? double : one} fois dans le mois${from} puis que ${one} visites de plus sont venues`
  },
  keptByMonth(months) {
    const one = months.length === 1
    return `${sayList(months.map(sayMonth))} ${one ? 'est désormais conservé comme un mois entier et n’apparaît' : 'sont désormais conservés comme des mois entiers et n’apparaissent'} que dans une période qui ${one ? 'le' : 'les'} couvre entièrement.`
  },
}
