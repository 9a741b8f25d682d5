// The mails about a site: the weekly report and the alerts. In French.
import type { DispatchWords } from '../en/dispatch.ts'
import { FORMATS } from '../format.ts'
import { general } from './general.ts'

const { plural, sayCount } = FORMATS.fr

export const dispatch: DispatchWords = {
  subject: (domain, what) => `${domain} : ${what}`,
  stop: 'Arrêter ces e-mails',
  stopAfter: (why) => `${why} Arrêter ces e-mails :`,

  weekly: {
    nothing: 'rien n’a été compté la semaine dernière',
    headline: (visits, changed) =>
      `${plural(visits, 'visite', 'visites')} la semaine dernière${changed === undefined ? '' : `, ${changed}`}`,
    days: (domain, days) => `${domain}, ${days}`,
    figure: (title, said, changed) => `${title} : ${said}${changed === undefined ? '' : ` (${changed})`}`,
    rules: (k) =>
      `Les évolutions sont par rapport à la semaine précédente. Tout ce qui porte un nom est compté par ${general.ks[k].many}.`,
    counted: (metric) => general.metrics[metric].many,
    panel: (title, metric) => `${title}, selon les ${general.metrics[metric].many}`,
    share: 'part',
    open: 'Ouvrir cette semaine',
    why: (domain) => `Vous avez choisi le rapport hebdomadaire de ${domain}.`,
  },

  alert: {
    why: (domain) => `Vous avez choisi les alertes de ${domain}. Il y en a au plus une de chaque sorte par jour.`,
    usual: (n) => `D’ordinaire, il y en aurait ${sayCount(n)} : la médiane des mêmes heures ces dernières semaines.`,
    spike: {
      what: 'bien plus de visites que d’ordinaire',
      came: (visits, domain, { hour, day }) =>
        `${plural(visits, 'visite est venue', 'visites sont venues')} sur ${domain} dans l’heure jusqu’à ${hour} le ${day}.`,
      look: 'Voir d’où elles viennent',
    },
    silence: {
      what: 'aucune visite là où il y en a d’ordinaire',
      noneCame: (hours, domain, { hour, day }) =>
        `Aucune visite de ${domain} n’a été comptée ${hours === 1 ? 'dans l’heure' : `dans les ${hours} heures`} jusqu’à ${hour} le ${day}.`,
      maybe:
        'Le site est peut-être inaccessible, son script absent ou bloqué, ou bien Sundial lui-même n’a pas tourné.',
      look: 'Regarder l’état du site',
    },
  },
}
