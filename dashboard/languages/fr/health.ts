// The health of a site: what comes in, the look at its own page, what was not counted, the reader's own browser. In French.
import type { HealthWords } from '../en/health.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, sayCount, sayList } = FORMATS.fr

export const health: HealthWords = {
  title: 'État',

  comesIn: {
    title: 'Ce qui arrive',
    nothingEver: 'Rien n’a jamais été compté ici.',
    visits: (n, running) =>
      `${plural(n, 'visite', 'visites')} dans les dernières 24 heures, dont ${sayCount(running)} dans l’heure en cours.`,
    none: 'Aucune visite dans les dernières 24 heures.',
    last: (from, to, timezone) => `La dernière est venue entre ${from} et ${to} (${timezone}).`,
    twoDays: (pageviews, events) =>
      `Hier et aujourd’hui : ${plural(pageviews, 'page vue', 'pages vues')}, ${plural(events, 'événement', 'événements')}. Quand exactement quelque chose est venu, nul ne le sait : rien n’est plus fin que l’heure.`,
    byHour: (visits) => `Visites par heure : ${visits.join(', ')}`,
    inHour: (hour, visits) => `${hour} : ${plural(visits, 'visite', 'visites')}`,
  },

  script: {
    title: 'Le script sur votre page',
    meaning: (domain) =>
      `Demande une fois la page d’accueil de ${domain}, en robot sans cookies, et lit si le script peut y fonctionner. Rien n’en est conservé.`,
    lookedAt: (page, code) => rich`Page examinée : ${code(page)}`,
    tag: 'La balise de ce site, pour l’en-tête de chaque page :',
    look: 'Examiner la page',
    lookWhether: 'Vérifier s’il y est',
    lookAgain: 'Examiner à nouveau',
    busy: 'Quelqu’un l’examine en ce moment même. Réessayez dans quelques secondes.',
    states: { good: 'Bien :', bad: 'À corriger :', note: 'À noter :' },
  },

  findings: {
    quote: (text) => `« ${text} »`,
    notReached: (host, problem) => `${host} : ${problem}.`,
    cut: 'La page dépasse 1 Mo ; seul son début a été lu.',
    tagMissing: 'La balise du script n’est pas dans cette page.',
    tagThere: 'La balise du script est dans cette page.',
    tagTwice: 'Elle y est plus d’une fois : chaque visite compte autant de fois.',
    ownHost: (host) => `Elle ne nomme pas de domaine : c’est ${host} qui compte, et il est de ce site.`,
    noDomain: (domain) => `Elle ne nomme pas de domaine : ajoutez data-domain="${domain}".`,
    countsFor: (domain) => `Elle compte pour ${domain}.`,
    countsForHost: (quoted) => `Elle compte pour ${quoted}, qui est l’un des hôtes de ce site.`,
    otherSite: (quoted, domain) => `Elle compte pour un autre site : data-domain est ${quoted}, et non « ${domain} ».`,
    plainHttp: 'Une page en https:// la charge en http://, ce que les navigateurs refusent.',
    sendsTo: (quoted) => `Elle envoie à ${quoted}, comme le dit data-api.`,
    loadedFrom: (origin) => `Elle est chargée depuis ${origin}.`,
    loadedByProxy: (quoted, expected) =>
      `Elle est chargée depuis ${quoted}, et non depuis ${expected}. C’est juste si un proxy du site mène ici.`,
    loadedElsewhere: (quoted, expected) =>
      `Elle est chargée depuis ${quoted}, et non depuis ${expected}. Est-ce bien ce Sundial ?`,
    noscript: 'Elle est dans <noscript>, où elle ne s’exécute jamais.',
    noSrc: 'Elle n’a pas de src : un outil de consentement ne la charge qu’après l’accord des visiteurs.',
    type: (quoted) => `Son type est ${quoted} : elle attend donc que quelque chose le change.`,
    rocketLoader: (quoted) =>
      `Son type est ${quoted} : elle attend donc que quelque chose le change. C’est ce que fait Rocket Loader de Cloudflare ; data-cfasync="false" dans la balise l’en écarte.`,
    heldBack: (tool) =>
      `${tool ?? 'Un outil de consentement'} semble la retenir jusqu’à l’accord des visiteurs. Elle ne dépose aucun cookie et n’enregistre rien sur un appareil, sauf si elle porte data-session="tab" ; à vous de décider si elle doit attendre.`,
    tagManager: (manager) =>
      `La page contient ${manager ?? 'un gestionnaire de balises'}, qui peut ajouter le script plus tard. Cet examen ne peut pas le voir.`,
    mayBeElsewhere:
      'Elle manque peut-être à cette page seulement, ou un script l’ajoute. Cet examen lit la page telle qu’elle est envoyée.',
    mayRun: 'La Content-Security-Policy de la page laisse le script s’exécuter.',
    mayNotRun: (origin) =>
      `La Content-Security-Policy de la page empêche le script de s’exécuter : ajoutez ${origin} à script-src.`,
    maySend: 'La Content-Security-Policy de la page le laisse envoyer.',
    mayNotSend: (origin) =>
      `La Content-Security-Policy de la page l’empêche d’envoyer : ajoutez ${origin} à connect-src.`,
  },

  notCounted: {
    title: 'Ce qui n’a pas été compté, en sept jours',
    byHour: 'Par heure',
    nothing: (k) => `Rien de ce qui n’a pas été compté n’est venu ${general.ks[k].one} fois.`,
    explained: (k) =>
      `Compté par ${general.ks[k].many}. Les événements qui nomment un domaine sans site ne sont comptés nulle part : l’examen de votre page les trouve.`,
  },

  ownBrowser: {
    title: 'Votre propre navigateur',
    silent:
      'Votre navigateur n’envoie ni Global Privacy Control ni Do Not Track : vos propres visites comptent donc comme les autres, sauf si quelque chose y bloque le script.',
    objects: (signals, domain) =>
      `Votre navigateur envoie ${sayList(signals)} : vos propres visites sur ${domain} ne sont donc pas comptées et ne se voient nulle part ici. C’est ce qui doit être : qui s’oppose est laissé de côté. Pour essayer le site, ouvrez-le dans un navigateur qui ne l’envoie pas.`,
  },
}
