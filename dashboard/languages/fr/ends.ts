// What cannot be undone of a site: anonymizing now, deleting it, what is there, and the receipts of what was done. In
// French.
import type { EndsWords, ReceiptOf } from '../en/ends.ts'
import { FORMATS } from '../format.ts'

const { plural, sayDay, sayMoment } = FORMATS.fr

const done: Record<ReceiptOf['action'], (domain: string) => string> = {
  added: (domain) => `Ajout de ${domain}`,
  changed: (domain) => `Modification de ${domain}`,
  shortened: (domain) => `Durées de ${domain} raccourcies`,
  lengthened: (domain) => `Durées de ${domain} allongées`,
  anonymized: (domain) => `Anonymisation de ${domain}`,
  deleted: (domain) => `Suppression de ${domain}`,
}

export const ends: EndsWords = {
  anonymize: {
    title: 'Anonymiser maintenant',
    lead: 'Toutes les heures deviennent des jours, tous les comptages nommés deviennent des mois, ceux d’aujourd’hui compris. Ce qui attend son nom est oublié. Chaque total reste tel quel. Pour les visiteurs, c’est comme si la durée avant anonymisation était déjà écoulée.',
    button: 'Anonymiser maintenant',
  },
  delete: {
    title: 'Supprimer le site',
    lead: 'Le site disparaît avec tout ce qui a jamais été compté de lui, ses réglages et ses liens de partage. Plus rien n’y est compté. Dès lors, plus rien ne peut en être lu. Seul le reçu demeure.',
    button: 'Supprimer le site',
  },
  unseen:
    'Ce que cela représente ne peut pas être montré maintenant : la base de données ne répond pas, ou ce tableau de bord n’y a pas d’utilisateur qui puisse regarder.',
  nothingYet: 'Rien n’est encore compté.',
  reach({ hours, days, counts }, last) {
    const there = `${plural(hours.rows, 'heure', 'heures')}, ${plural(days.rows, 'jour', 'jours')} avec ${plural(days.visits, 'visite', 'visites')} et ${plural(counts.rows, 'comptage par attribut', 'comptages par attribut')}`
    return last === undefined ? `Il y a maintenant ${there}.` : `Il y a maintenant ${there}, jusqu’au ${sayDay(last)}.`
  },
  typeIt: (domain) => `Saisissez ${domain} pour confirmer`,
  noUndo: 'Cela ne peut pas être annulé.',
  notTyped: (domain) => `Rien n’a été fait : ce n’était pas ${domain}.`,

  receipts: 'Ce qui a été fait',
  receipt({ domain, action, at, watermark }) {
    const until = watermark === undefined ? '' : `, jusqu’au ${sayDay(watermark)}`
    return `${done[action](domain)}, ordre du ${sayMoment(at)}${until}`
  },
  before: 'Avant',
  after: 'Après',
  rows: {
    hours: 'Heures',
    days: 'Jours',
    counts: 'Comptages par attribut',
    visits: 'Visites',
    pageviews: 'Pages vues',
    engaged: 'Visites actives',
    events: 'Événements',
    sum: 'Somme des comptages par attribut',
  },

  isDone: 'Fait. Le reçu est ci-dessous.',
  isOrdered: {
    later:
      'Ordonné. La base de données ne répond pas pour le moment ; c’est fait dans l’heure qui suit son retour, et le reçu est alors inscrit au registre.',
    hourly:
      'Ordonné. Les déclencheurs horaires des deux Workers l’exécutent, en deux heures au plus, et inscrivent le reçu au registre.',
  },
  deleted: {
    title: 'Supprimé',
    heading: (domain) => `${domain} est supprimé`,
    isDone:
      'Plus rien ne peut en être lu. Le disque n’en garde rien une fois que la base de données a fait le ménage, dans le quart d’heure.',
    isOrdered: {
      later: (command) =>
        `Plus rien n’y est compté. La base de données ne répond pas pour le moment ; c’est fait dans l’heure qui suit son retour, et le reçu est alors inscrit au registre. Pour l’y voir : ${command}`,
      hourly: (command) =>
        `Plus rien n’y est compté. Les déclencheurs horaires des deux Workers l’exécutent, en deux heures au plus, et inscrivent le reçu au registre. Pour l’y voir : ${command}`,
    },
    next: 'Aller à vos sites',
  },
}
