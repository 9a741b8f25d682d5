// The page of an organization's API tokens. In French.
import type { TokensWords } from '../en/tokens.ts'
import { rich } from '../rich.ts'

export const tokens: TokensWords = {
  title: 'Jetons d’API',
  meaning: (link) =>
    rich`Avec un jeton, un programme lit les chiffres de sites ou gère ces sites : ${link('ce qui peut être demandé')}. Il appartient à l’organisation et fonctionne donc encore quand la personne qui l’a créé est partie.`,
  none: 'Il n’y a pas encore de jeton.',
  madeOn: (day) => `créé le ${day}`,
  neverUsed: 'jamais utilisé',
  lastUsed: (day) => `utilisé pour la dernière fois le ${day}`,
  scopes: {
    read: { label: 'Lit', meaning: 'Lit les chiffres de ses sites.' },
    manage: { label: 'Gère', meaning: 'Ajoute, modifie, partage et supprime aussi des sites.' },
  },
  allSites: 'Tous les sites, y compris ceux à venir.',
  sitesGone: 'Ses sites n’existent plus, il ne fait donc rien.',

  withdraw: 'Révoquer',
  withdrawing: 'Ce qui l’utilise est refusé dès lors.',
  withdrawThis: 'Révoquer ce jeton',
  withdrawn: 'Révoqué',
  noSuchToken: 'Ce jeton n’existe pas : il a déjà été révoqué.',

  made: {
    title: (name) => `Le jeton ${name}`,
    copy: 'Copiez-le maintenant : il n’est affiché que cette fois, et seul son hachage est conservé.',
    try: 'Pour l’essayer dans un terminal :',
  },
  form: {
    title: 'Un nouveau jeton',
    name: 'Nom',
    nameMeaning: 'À quoi il sert, pour savoir lequel révoquer.',
    scope: 'Ce qu’il peut faire',
    sites: 'Ses sites',
    all: { label: 'Tous', meaning: 'Y compris ceux à venir.' },
    chosen: { label: 'Ceux-ci seulement', meaning: 'Il ne peut pas ajouter de sites.' },
    ticks: 'Ceux-ci, si ce n’est pas tous',
    make: 'Créer le jeton',
  },
  problems: {
    nameMissing: 'Il manque le nom.',
    nameTooLong: 'Le nom fait au plus 100 caractères.',
    nameNotOneLine: 'Le nom est une ligne de caractères visibles.',
    scopeUnknown: 'La portée est « read » ou « manage ».',
  },
  sitesMissing: 'Cochez au moins un site, ou choisissez-les tous.',
}
