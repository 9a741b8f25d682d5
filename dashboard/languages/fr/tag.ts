// The tag that a site owner copies, and the page of a site that waits for its first visit. In French.
import type { TagWords } from '../en/tag.ts'
import { rich } from '../rich.ts'

export const tag: TagWords = {
  replace: (origin, code) =>
    rich`Remplacez ${origin} par l’adresse à laquelle vos visiteurs atteignent ce Sundial ; avec le réglage ${code('PUBLIC_URL')}, la balise l’indique d’elle-même.`,
  notice: (domain, kept, record) =>
    rich`Dans votre politique de confidentialité, mettez un lien vers ${kept(`ce que ${domain} garde d’une visite`)}, une page ouverte à tous. Pour vos propres dossiers, il y a un ${record('registre des activités de traitement')} (article 30 du RGPD) à imprimer.`,

  waiting: 'En attente de la première visite',
  put: (code, domain) => rich`Placez cette balise dans le ${code('<head>')} de chaque page de ${domain} :`,
  named: (naming) =>
    `Une visite apparaît ici en quelques secondes, comme un nombre. Les pages, les sources et les pays apparaissent plus tard par leur nom : ${naming}. Tant qu’il n’est pas venu aussi souvent, rien de lisible n’en est écrit.`,
  missing: (link) =>
    rich`Aucune visite n’apparaît alors que la balise est là ? Voyez ${link('ce qui n’a pas été compté, et pourquoi')}.`,
  openDemo: 'Ouvrir le site de démonstration',
  demoCarries: 'Il porte déjà la balise.',
}
