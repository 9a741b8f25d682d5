// The page that explains counting in fives. In French.
import type { FivesWords } from '../en/fives.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural } = FORMATS.fr

export const fives: FivesWords = {
  title: (k) => `Compter par ${general.ks[k].many}`,
  totals: (domain) =>
    `Les totaux de ${domain} sont exacts : visites, pages vues, visites actives et événements par jour, et visites par heure. Ils ne portent aucun attribut : une heure où une visite est venue montre qu’une visite est venue, et rien sur elle.`,
  named(k) {
    const { one, many } = general.ks[k]
    return `Tout ce qui porte un nom (une page, une source, un pays, un événement) n’est écrit que par groupes entiers de ${many}. Chacun de ces nombres, et chaque différence de deux d’entre eux, est un multiple de ${k} : aucune visite isolée ne se retrouve par soustraction. Ces groupes sont faits de visites ou de vues, non de gens : une même personne peut être à l’origine des ${one}.`
  },
  limits: 'Ce qui est conservé, et les limites, honnêtement',

  example: {
    title: 'Un exemple',
    sentence: (visits) => `Disons que ${visits} visites d’un mois sont venues d’une même source.`,
    came: 'Visites',
    written: 'Ce qui est écrit',
    seen: 'Ce que vous voyez',
    upTo: (from, to) => `${from} à ${to}`,
    noName: 'aucun nom, nulle part',
    inTotals: 'des visites dans les totaux, « pas encore de nom »',
    theName: (k) => `le nom, avec ${k}`,
    shown: (k) => `le nom avec ${k}, dès que ${general.ks[k].one} visites de plus sont venues sur le site`,
    nothingNew: 'rien de nouveau',
    more: (k) => `${k} de plus`,
    waiting: (named, waiting) => `${named}, et ${waiting} attendent la fin du mois`,
  },
  freeText: (k) =>
    `Les campagnes, les propriétés d’événement et les sources qui sont les propres mots d’un lien doivent venir ${general.ks[k].twice} fois avant d’être nommées : un tel texte peut en dire plus sur une personne.`,
  kinds: (atLeast) =>
    `Ce site demande en outre que des visites d’au moins ${plural(atLeast, 'sorte', 'sortes')} soient venues, selon le pays et la famille de navigateurs.`,

  dates: {
    title: 'Pourquoi un nom vient après ses visites',
    sentences(k, atMidnight) {
      const { one, ordinal } = general.ks[k]
      return `Un comptage porte le jour où est venue la dernière de ses ${one} visites. Un jour donné, une source peut donc montrer ${k} alors qu’une seule est venue ce jour-là ; sur une semaine ou un mois, cela s’équilibre. Il apparaît ${atMidnight ? 'après minuit, ' : ''}dès que ${one} visites de plus sont venues, pour que personne, en regardant, ne puisse dire quelle visite était la ${ordinal}.`
    },
  },
  waiting: {
    title: 'Ce que devient le reste',
    sentences: (k) =>
      `« 7 visites n’ont pas encore de nom » est la différence entre le total exact et ce qui porte un nom. À la fin du mois, ce qui attend encore perd son texte et rejoint « Trop rares pour être nommés », lui aussi compté par ${general.ks[k].many}. Ce qui, même alors, n’atteint pas ${general.ks[k].one} est reporté, sans texte.`,
  },
  pairs: {
    title: 'Filtres',
    sentences: (k) =>
      `Un filtre montre deux choses ensemble, comme les pays d’une source. Seules certaines paires sont comptées, chacune par ${general.ks[k].many} et seulement quand les deux ont un nom. Les chiffres filtrés sont donc plus bas qu’ils ne le seraient, et certains panneaux n’ont rien à y dire.`,
  },
  months: {
    title: 'Mois anciens',
    sentences: (anonymization, retention) =>
      `${plural(anonymization, 'jour', 'jours')} après la fin d’un mois, ses heures deviennent des jours, et les jours de tout ce qui porte un nom deviennent un seul mois. Dès lors, un tel mois ne montre ses noms que dans les périodes qui le couvrent entièrement. ${plural(retention, 'jour', 'jours')} après le début du mois, il n’en reste rien.`,
  },
  small: {
    title: 'Petits sites',
    sentences: (days, months) =>
      rich`Sur un site peu visité, la plupart des noms attendent et apparaissent au fil du mois. Une période plus longue en montre davantage : ${days('30 jours')} ou ${months('12 mois')}.`,
  },
}
