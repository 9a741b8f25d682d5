// What stands around every page, and the pages for what could not be done. In French.
import type { FrameWords } from '../en/frame.ts'

export const frame: FrameWords = {
  settings: 'Réglages',
  signIn: 'Se connecter',
  signOut: 'Se déconnecter',
  sites: 'Sites',
  yourAccount: 'Votre compte',
  home: (site) => `Sundial, ${site}`,
  openDashboard: 'Ouvrir le tableau de bord',
  openSite: (site) => `Ouvrir ${site}`,

  nothingHere: { title: 'Rien ici', sentence: 'Il n’y a rien pour vous à cette adresse.' },
  noSuchPage: { title: 'Cette page n’existe pas', sentence: 'Il n’y a rien à cette adresse.' },
  notYours: {
    title: 'Cela ne vous est pas permis',
    sentence:
      'Votre rôle dans cette organisation ne le comprend pas. Ses propriétaires et ses gestionnaires peuvent vous aider.',
  },
  failure: { title: 'Cette page n’a pas pu être affichée', sentence: 'Réessayez dans une minute.' },
  formNotTaken: {
    title: 'Ce formulaire n’a pas été accepté',
    tooLarge: (kilobytes) => `Un formulaire fait au plus ${kilobytes} Ko.`,
    notFields: 'Ici, les formulaires s’envoient en champs, sans fichiers.',
    fromElsewhere:
      'Il a été envoyé depuis un autre site, ou par un navigateur qui ne dit pas d’où. Ouvrez la page ici et envoyez-le à nouveau.',
  },
}
