// What links lead to whoever opens them: an invitation, and the undo of a deletion. In French.
import type { InvitationWords } from '../en/invitation.ts'
import { rich } from '../rich.ts'

export const invitation: InvitationWords = {
  title: (organization) => `Rejoindre ${organization}`,
  invited: (bold, role, meaning) => rich`Cette invitation vous donne le rôle « ${bold(role)} ». ${meaning}`,
  joinAs: (name) => `Rejoindre en tant que ${name}`,
  forAddress: (bold, email) => rich`Le compte est pour ${bold(email)}, l’adresse qui a été invitée.`,
  makeAndJoin: 'Créer le compte et rejoindre',
  known: (email) => `${email} a un compte ici. Connectez-vous avec lui, et vous reviendrez à cette page.`,
  another: (email, own) =>
    `Cette invitation est pour ${email}, et votre session est celle de ${own}. Déconnectez-vous, puis ouvrez à nouveau le lien.`,
  gone: {
    title: 'Ce lien ne s’ouvre plus',
    sentence:
      'Il a déjà servi, il a été retiré, ou il est trop ancien. La personne qui l’a créé peut en créer un autre.',
  },

  undo: {
    title: (organization) => `Récupérer ${organization}`,
    lead: (day) =>
      `L’organisation a été supprimée, et ses comptages disparaissent le ${day}. Qui la récupère en est propriétaire.`,
    domains: (domains) =>
      `Le comptage reprendra pour ${domains}, avec les réglages d’avant. Les personnes qui en faisaient partie devront être invitées à nouveau ; les jetons, liens de partage et webhooks ont disparu.`,
    signInFirst: (link) => rich`Avez-vous un compte ici ? ${link('Connectez-vous d’abord.')}`,
    takeBackAs: (name) => `Récupérer en tant que ${name}`,
    makeAndTakeBack: 'Créer un compte et récupérer',
    hasAccount: 'Cette adresse a un compte : connectez-vous d’abord.',
  },
}
