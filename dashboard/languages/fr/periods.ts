// The two periods of a site: their form, what would go under shorter ones, and what has gone. In French.
import type { PeriodsWords } from '../en/periods.ts'
import { FORMATS } from '../format.ts'

const { plural, sayCount } = FORMATS.fr

export const periods: PeriodsWords = {
  title: 'Ce qui est conservé, et combien de temps',
  inDays: {
    anonymizationDays: 'Durée avant anonymisation, en jours',
    retentionDays: 'Durée de conservation, en jours',
  },
  bounds: {
    anonymizationDays: (least, most) => `De ${least} à ${most} jours.`,
    retentionDays: (beyond, most) =>
      `Plus que la durée avant anonymisation et ${beyond} jours réunis, au plus ${most} jours.`,
  },
  lead: 'Une durée plus courte vaut aussi pour ce qui est déjà compté, et ne peut pas être annulée. Une durée plus longue ne vaut que pour ce qui est compté ensuite. Rien ne change avant que vous ayez vu ce qui disparaît.',
  see: 'Voir ce qui changerait',

  plan: 'Ce qui changerait',
  change: {
    anonymizationDays: (from, to) => `Anonymisation : ${sayThen(from, to)}`,
    retentionDays: (from, to) => `Conservation : ${sayThen(from, to)}`,
  },
  longer: 'Une durée plus longue vaut pour ce qui est compté dès maintenant. Ce qui est là garde ses échéances.',
  unseen:
    'Ce qui disparaît tout de suite ne peut pas être montré maintenant : la base de données ne répond pas, ou ce tableau de bord n’y a pas d’utilisateur qui puisse regarder. Les mois qui dépassent une durée plus courte disparaissent tout de suite, le reste plus tôt que prévu.',
  nothingGoes: 'Rien ne disparaît tout de suite. Ce qui est là disparaît plus tôt que prévu.',
  month: 'Mois',
  goes: 'Ce qui disparaît tout de suite',
  theRest: 'Le reste disparaît plus tôt que prévu.',
  agreed: 'Cela ne peut pas être annulé, et doit être fait',
  notAgreed: 'Ce qui disparaît ne peut pas revenir. Cochez la case pour confirmer que cela doit être fait.',
  shorten: 'Raccourcir',
  lengthen: 'Modifier',
  shortened: 'Durées raccourcies',

  going({ hours, generalized, days, removed, visits, n }) {
    const attributes = (rows: number) => plural(rows, 'comptage par attribut', 'comptages par attribut')
    if (days + removed > 0) {
      return `retirés : ${plural(days, 'jour', 'jours')} avec ${plural(visits, 'visite', 'visites')}, ${attributes(removed)} (${sayCount(n)} en tout), ${plural(hours, 'heure', 'heures')}`
    }
    return `généralisés : ${plural(hours, 'heure', 'heures')} dans leurs jours, ${attributes(generalized)} dans le mois`
  },
}

function sayThen(from: number, to: number): string {
  const days = plural(from, 'jour', 'jours')
  return from === to ? `${days}, comme maintenant` : `${days} maintenant, ${to} ensuite`
}
