// Share links: the list of them in the settings of a site, and the page that asks for a password. And the badge. In French.
import type { SharingWords } from '../en/sharing.ts'
import { FORMATS } from '../format.ts'

const { plural } = FORMATS.fr

export const sharing: SharingWords = {
  title: 'Liens de partage',
  lead: 'Qui possède l’adresse d’un lien de partage lit les statistiques de ce site sans compte, dans la mesure où tout le monde le pourrait si elles étaient publiques : des visiteurs, on n’y apprend rien de plus que ce que contiennent les comptages.',
  copyNow: 'Copiez cette adresse : elle n’est affichée que maintenant.',
  tellPassword: 'Transmettez le mot de passe par une autre voie que l’adresse.',
  alsoInFrames: (day) => `${day}, aussi dans des cadres`,
  withPassword: (day) => `${day}, avec mot de passe`,
  withdraw: 'Retirer',
  withdrawNamed: (name) => `Retirer ${name}`,
  withdrawn: 'Retiré',

  name: {
    label: 'Nom d’un nouveau lien',
    hint: 'À qui il est destiné, pour savoir lequel retirer. Seules les personnes qui gèrent le site le voient.',
  },
  linkPassword: {
    label: 'Mot de passe (facultatif)',
    hint: (least) =>
      `Au moins ${least} caractères. Le lien le demande alors une fois dans chaque navigateur, jusqu’à sa fermeture. Il ne peut pas être changé : retirez le lien et créez-en un autre.`,
  },
  framed: {
    label: 'Les pages de ce site peuvent le montrer dans un cadre',
    hint: (domain) =>
      `Comme dans <iframe src="…">, sur ${domain} et ses autres hôtes. Tout autre lien n’est montré dans aucun cadre. Un lien dans un cadre n’a pas de mot de passe.`,
  },
  make: 'Créer un lien de partage',

  refusals: {
    nameMissing: 'Un lien de partage a un nom, auquel vous le reconnaissez.',
    nameTooLong: (most) => `Un nom fait au plus ${most} caractères.`,
    passwordTooShort: (least) => `Un mot de passe fait au moins ${least} caractères.`,
    passwordTooLong: (most) => `Un mot de passe fait au plus ${most} caractères.`,
    passwordInFrame:
      'Un lien montré dans des cadres ne peut pas avoir de mot de passe : les navigateurs ne l’y retiendraient pas. Choisissez l’un des deux.',
    tooMany: (most) => `Un site a au plus ${most} liens de partage. Retirez-en d’abord un.`,
  },

  password: {
    title: 'Ce lien a un mot de passe',
    lead: 'Qui vous a donné l’adresse peut vous le dire.',
    label: 'Mot de passe',
    open: 'Ouvrir',
    cookie:
      'Le bon mot de passe dépose un cookie, pour ce seul lien : il dit que le mot de passe était bon, et rien d’autre. Il prend fin quand vous fermez le navigateur, au plus tard après douze heures.',
    wrong: 'Ce mot de passe n’est pas le bon.',
  },

  badge: {
    label: 'visites cette semaine',
    title: (n, days) => `${plural(n, 'visite', 'visites')}, ${days}`,
  },
}
