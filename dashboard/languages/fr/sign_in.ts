// The pages before one is in: signing in, the set-up link, a forgotten password. In French.
import type { SignInWords } from '../en/sign_in.ts'

export const signIn: SignInWords = {
  fields: {
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    yourName: 'Votre nom',
    organization: 'Organisation',
    code: 'Code à usage unique',
    passwordHint: (least) => `Au moins ${least} caractères. Quelques mots valent mieux qu’un seul mot étrange.`,
  },

  title: 'Se connecter',
  submit: 'Se connecter',
  forgotten: 'Mot de passe oublié ?',
  cookie: 'La connexion dépose un seul cookie : il dit ici que vous êtes bien vous, et rien d’autre.',
  news: {
    password: 'Votre nouveau mot de passe est en place. Connectez-vous avec lui.',
    code: 'Ce code a déjà servi. Connectez-vous à nouveau, avec le suivant.',
  },
  wrong: 'L’adresse e-mail ou le mot de passe est incorrect.',
  tooOpen:
    'Cette page n’a pas été ouverte en HTTPS : un mot de passe pourrait être lu en chemin. Ouvrez-la par une adresse https:// ou sur la machine elle-même.',
  tooMany: {
    title: 'Trop de tentatives',
    sentence:
      'Quelqu’un, peut-être pas vous, a essayé beaucoup de mots de passe. Rien n’a été vérifié. Réessayez dans une minute.',
  },

  secondFactor: {
    title: 'Votre second facteur',
    lead: 'Les six chiffres que votre application affiche maintenant.',
    hint: 'Sans l’application : l’un de vos codes de secours. Chacun sert une fois.',
    cookie:
      'Entre le mot de passe et le code, un second cookie retient, pendant dix minutes au plus, que votre mot de passe était juste.',
    refused: {
      wrong: 'Ce code est incorrect ou n’est plus valable. L’application en affiche un nouveau toutes les 30 secondes.',
      locked:
        'Trop de codes étaient faux. Attendez un quart d’heure. Si ce n’était pas vous, quelqu’un connaît votre mot de passe : choisissez-en un nouveau, ce qui met aussi fin à l’attente.',
    },
  },

  noOwner: {
    title: 'En attente de son propriétaire',
    sentence: 'Ce Sundial n’appartient encore à personne, donc personne ne peut s’y connecter. Il compte malgré tout.',
    how: {
      started:
        'Ouvrez le lien d’installation que `npm start` a affiché. En redémarrant, Sundial en affiche un nouveau.',
      deployed:
        'La personne qui l’a déployé crée le lien d’installation : npm run sundial -- user invite you@example.com --d1 --remote',
    },
  },
  setUp: {
    title: 'Prendre possession de ce Sundial',
    lead: 'Le premier compte en est propriétaire : sites, personnes, durées. Ce lien s’ouvre une fois.',
    organizationHint: 'Possède les sites. Peut être renommée.',
    submit: 'Créer le compte',
    taken: 'Cette adresse a déjà un compte ici. Choisissez-en une autre.',
    gone: {
      title: 'Ce lien ne s’ouvre plus',
      sentence: 'Il a déjà servi, ou il est trop ancien. La personne qui l’a créé peut en créer un autre.',
    },
  },

  reset: {
    title: 'Un nouveau mot de passe',
    sent: 'S’il existe un compte avec cette adresse, un e-mail avec un lien est en route. Le lien sert une fois, pendant une heure.',
    hint: 'Un lien pour choisir un nouveau mot de passe y sera envoyé.',
    send: 'Envoyer le lien',
    noMail: 'Ce Sundial n’envoie pas d’e-mails. La personne qui l’exploite peut vous créer un lien :',
    once: 'Le lien sert une fois, pendant une heure.',
    back: 'Retour à la connexion',
    lead: 'Il met fin à toutes les sessions de votre compte. Un second facteur reste tel quel.',
    set: 'Enregistrer le mot de passe',
    gone: {
      title: 'Ce lien ne s’ouvre plus',
      sentence: 'Il sert une fois et pendant une heure. Demandez-en un autre.',
      next: 'Demander un autre lien',
    },
  },
}
