// The list of the sites that a person may read, and the form that adds one. In French.
import type { SitesWords } from '../en/sites.ts'

export const sites: SitesWords = {
  title: 'Sites',
  noneAtAll: {
    title: 'Aucun site',
    sentence: 'Vous n’appartenez à aucune organisation. Toute personne qui en gère une peut vous y inviter.',
  },
  noneYet:
    'Aucun site pour l’instant. Ajoutez le premier, mettez sa balise de script dans vos pages, et les visites seront comptées.',
  noneForYou: (organization) =>
    `Aucun site pour vous pour l’instant. Les personnes qui gèrent ${organization} peuvent vous en ouvrir.`,
  add: 'Ajouter un site',
  public: 'Public',
  notPublic: 'Non public',
  settings: 'Réglages',
  settingsOf: (site) => `Réglages de ${site}`,
  transparency: 'Transparence',
  transparencyOf: (site) => `Page de transparence de ${site}`,

  newSite: {
    lead: (organization) =>
      `Il appartient à ${organization}. Ses visites comptent dès maintenant, par cinq ; tout le reste peut se régler plus tard.`,
    domainHint: 'Par exemple example.com. Ses pages avec et sans www. comptent.',
    submit: 'Ajouter le site',
  },
}
