// Reports and alerts of a site: what somebody gets of them, the webhooks that get them, and the pages behind the link that
// ends them. In French.
import type { SubscriptionsWords } from '../en/subscriptions.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'

const { sayList } = FORMATS.fr

export const subscriptions: SubscriptionsWords = {
  title: 'Rapports',
  save: 'Enregistrer',
  weekly: {
    label: 'Le rapport hebdomadaire',
    meaning: 'Chaque lundi à partir de 7 h dans le fuseau horaire du site : la semaine passée, avec ses évolutions.',
  },
  alerts: {
    label: 'Les alertes en cas de trafic inhabituel',
    meaning:
      'Bien plus de visites en une heure qu’à la même heure du même jour de la semaine ces dernières semaines, ou aucune là où il y en a d’ordinaire. Au plus une de chaque par jour ; un nouveau site est d’abord observé pendant quatre semaines.',
  },

  byMail: {
    title: 'Par e-mail',
    to: (email) => `À ${email}, l’adresse de votre compte. Chaque e-mail contient un lien qui y met fin.`,
    noMail: (code) =>
      rich`L’envoi d’e-mails n’est pas configuré sur ce Sundial : rien n’est donc encore envoyé. Qui l’exploite définit ${code('MAIL_URL')}.`,
  },

  webhooks: {
    title: 'Par webhook',
    removed: 'Supprimé',
    meaning: (code) =>
      rich`La même chose en JSON, envoyée à une adresse de votre choix. Slack, Mattermost et leurs semblables montrent son champ ${code('text')} tel quel.`,
    signed: (name) =>
      `« ${name} » est signé avec cette clé. Copiez-la maintenant : elle n’est affichée que cette fois-ci.`,
    listed: (host, { weekly, alerts }, day) =>
      `${host}, ${sayList([...(weekly ? ['rapport hebdomadaire'] : []), ...(alerts ? ['alertes'] : [])])}, depuis le ${day}`,
    test: 'Envoyer un test',
    testNamed: (name) => `Envoyer un test à ${name}`,
    remove: 'Supprimer',
    removeNamed: (name) => `Supprimer ${name}`,
    arrived: (name) => `Le test est arrivé chez « ${name} ».`,
    notArrived: (name, problem) => `Le test n’est pas arrivé chez « ${name} » : ${problem}.`,
    name: 'Nom d’un nouveau webhook',
    address: 'Adresse',
    addressHint:
      'https:// et un nom public. Les redirections ne sont pas suivies. Seul l’hôte en est montré ici par la suite.',
    add: 'Ajouter le webhook',
    gone: 'Ce webhook n’existe pas : il a déjà été supprimé.',
  },

  refusals: {
    nameMissing: 'Un webhook a un nom, auquel vous le reconnaissez.',
    nameTooLong: (most) => `Un nom fait au plus ${most} caractères.`,
    addressTooLong: (most) => `Une adresse fait au plus ${most} caractères.`,
    notHttps: 'L’adresse d’un webhook commence par https://',
    withPassword: 'L’adresse d’un webhook ne contient ni utilisateur ni mot de passe.',
    noName: 'L’adresse d’un webhook a un nom, pas le numéro d’une machine.',
    nothingWanted: 'Cochez ce qu’il doit recevoir.',
    tooMany: 'Ce site a autant de webhooks qu’il peut en avoir. Supprimez-en d’abord un.',
  },

  farewell: {
    title: 'Arrêter ces e-mails',
    lead: (domain) => `Le rapport hebdomadaire et les alertes de ${domain}.`,
    stop: 'Les arrêter',
    stopped: {
      title: 'Ils sont arrêtés',
      sentence: (domain) =>
        `Plus aucun e-mail sur ${domain} ne vous est envoyé. Sur la page des rapports de ce site, vous pouvez les choisir à nouveau.`,
    },
    over: { title: 'C’est fini', sentence: 'Ce lien n’arrête plus rien : de tels e-mails ne sont pas envoyés.' },
  },
}
