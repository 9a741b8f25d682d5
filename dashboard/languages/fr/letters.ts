// The mails about accounts and organizations, and what stands in any mail. In French.
import type { LettersWords } from '../en/letters.ts'

export const letters: LettersWords = {
  labelled: (label) => `${label} :`,
  orOpen: 'Ou ouvrez cette adresse :',
  worksUntil: (moment) => `Le lien sert une fois, jusqu’au ${moment}.`,

  invitation: {
    subject: (organization) => `Invitation à rejoindre ${organization}`,
    invites: (somebody, organization) =>
      `${somebody} vous invite à rejoindre ${organization} sur Sundial, une mesure d’audience qui compte les visites et ne connaît aucun visiteur.`,
    role: (role, meaning) => `Votre rôle là-bas : ${role}. ${meaning}`,
    accept: 'Accepter l’invitation',
    unexpected: 'Si vous ne vous y attendiez pas, vous n’avez rien à faire : aucun compte n’est créé sans vous.',
  },
  reset: {
    subject: 'Choisir un nouveau mot de passe pour Sundial',
    asked: 'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Sundial.',
    choose: 'Choisir un nouveau mot de passe',
    notYou:
      'Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe reste tel quel. Ne montrez le lien à personne.',
  },
  addressChanged: {
    subject: 'Votre adresse chez Sundial a été modifiée',
    changed:
      'L’adresse e-mail de votre compte Sundial n’est plus celle-ci : elle a été remplacée par une autre, avec laquelle vous vous connectez désormais. Aucun e-mail n’arrivera plus ici.',
    notYou:
      'Si ce n’était pas vous, quelqu’un connaît votre mot de passe : prévenez tout de suite la personne qui exploite ce Sundial, qui peut vous rendre le compte.',
  },
  end: {
    subject: (organization) => `L’organisation ${organization} a été supprimée`,
    deleted: (organization) =>
      `L’organisation ${organization} a été supprimée de Sundial par un propriétaire. Ses membres n’y ont plus accès, et ses sites ne comptent plus rien.`,
    takesBack: (day) =>
      `Ses comptages restent jusqu’au ${day}, sans être lus. Pendant 30 jours, ce lien permet de revenir en arrière, et qui l’ouvre devient propriétaire.`,
    takeBack: 'Annuler la suppression',
    meant: 'Si la fin est voulue, vous n’avez rien à faire. Ne montrez le lien à personne d’autre.',
  },
}
