// The pages of an organization: their frame, its people, its name, its end. In French.
import type { OrganizationWords } from '../en/organization.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'

const { plural } = FORMATS.fr

export const organization: OrganizationWords = {
  list: 'Pages de l’organisation',
  pages: {
    people: 'Personnes',
    tokens: 'Jetons d’API',
    audit: 'Journal d’audit',
    organization: 'Organisation',
    end: 'Export et fin',
  },

  name: { title: 'Nom', label: 'Nom de l’organisation', rename: 'Renommer' },
  you: {
    title: 'Votre rôle ici',
    role: (bold, role, meaning) => rich`Votre rôle : ${bold(role)}. ${meaning}`,
    handOver:
      'Pour transmettre l’organisation, nommez propriétaire quelqu’un d’autre parmi ses membres, puis changez votre propre rôle ou quittez-la. Elle garde toujours un propriétaire.',
    onlyInvited: 'Seule une invitation vous fera entrer de nouveau.',
    leaving: 'Quitter cette organisation',
    left: 'Vous ne verrez plus ses sites. Votre compte reste.',
    leave: (name) => `Quitter ${name}`,
  },
  another: {
    title: 'Une autre organisation',
    meaning: 'Pour des sites avec d’autres personnes. Vous en serez propriétaire ; personne ici ne la verra.',
    name: 'Nom de la nouvelle organisation',
    make: 'Créer',
    ownersOnly: 'Qui possède une organisation peut en créer une autre.',
  },

  people: {
    title: 'Membres',
    count: (n) => plural(n, 'personne', 'personnes'),
    you: 'vous',
    reads: (domains) => `Lit ${domains}.`,
    readsNone: (meaning) => `${meaning} Aucun pour l’instant.`,
    change: 'Modifier',
    role: 'Rôle',
    sites: 'Sites, pour un lecteur',
    noSite: 'Il n’y a pas encore de site.',
    allSites: 'Les autres rôles lisent tous les sites, y compris ceux à venir.',
    save: 'Enregistrer',
    removed: 'Toute personne retirée ne voit plus rien ici, dès le prochain clic.',
    remove: (name) => `Retirer ${name}`,
  },
  invitations: {
    title: 'Invitations ouvertes',
    meaning: 'Chacune s’ouvre une fois. Si la personne qui l’a créée ne peut plus inviter, elle n’ouvre plus rien.',
    until: (role, moment) => `${role}, jusqu’au ${moment}`,
    withdraw: 'Retirer',
    invite: 'Inviter quelqu’un',
    email: 'Son adresse e-mail',
    emailMeaning:
      'L’invitation vaut pour cette adresse seulement. Sundial la garde tant que l’invitation est ouverte, 7 jours au plus.',
    make: 'Créer l’invitation',
    made: (email) => `L’invitation pour ${email}`,
    mailed: 'Elle a été envoyée par e-mail. Vous pouvez aussi transmettre le lien vous-même :',
    notMailed: 'L’e-mail n’a pas pu être envoyé. Transmettez ce lien :',
    passOn: 'Transmettez ce lien :',
    copy: 'Copiez-le maintenant : il n’est affiché que cette fois, et seul son hachage est conservé. Il s’ouvre une fois, dans les 7 jours, pour cette adresse.',
  },

  refusals: {
    'last owner': 'Une organisation garde un propriétaire : nommez d’abord quelqu’un d’autre.',
    'changed meanwhile': 'Quelqu’un d’autre l’a modifié entre-temps. Voici l’état actuel.',
    nameMissing: 'Il manque le nom.',
    nameTooLong: 'Le nom est trop long.',
    noEmailAddress: 'Ce n’est pas une adresse e-mail.',
    roleNotYours: 'Choisissez un rôle que vous pouvez donner.',
    sitesMissing: 'Cochez les sites que le lecteur peut lire.',
    memberAlready: 'Cette personne fait déjà partie de l’organisation.',
    invitedOften: 'Trois invitations sont ouvertes pour cette adresse. Retirez-en une, ou transmettez l’une d’elles.',
    manyInvited: 'Cent invitations sont ouvertes. Retirez celles que personne n’utilisera.',
    notBelow:
      'Les gestionnaires n’invitent, ne modifient et ne retirent que les personnes de rang inférieur. Les propriétaires peuvent le faire.',
  },

  end: {
    take: 'Tout emporter',
    all: (name) =>
      `Une archive de tout ce qui est conservé de ${name} : ses membres, les noms de ses jetons, les réglages, les notes et les webhooks de ses sites, son journal et tous les chiffres, en CSV et en JSON. Rien n’y donne accès à quoi que ce soit.`,
    export: 'Tout exporter',
    title: (name) => `Supprimer ${name}`,
    sitesAtOnce:
      'Aussitôt, ses sites ne comptent plus rien et personne ne peut les ouvrir : les liens de partage et les jetons d’API prennent fin.',
    peopleAtOnce:
      'Aussitôt, ses membres n’y sont plus ; qui ne fait partie d’aucune autre organisation perd son compte, vous y compris.',
    countsStay: (days) =>
      `Ses comptages restent ${days} jours, sans être lus. Pendant ce temps, un lien que vous recevez maintenant rétablit tout, sauf les membres.`,
    countsGo:
      'Ensuite, les comptages sont supprimés, ainsi que son journal. Les sauvegardes que garde l’opérateur ont leur propre fin.',
    unknown: 'Combien cela fait ne peut être affiché maintenant : la base de données ne répond pas.',
    notTyped: (name) => `Saisissez ${name} pour supprimer l’organisation.`,
    type: (name) => `Saisissez ${name} pour confirmer`,
    delete: 'Supprimer l’organisation',
    noSite: 'Elle n’a aucun site.',
    site: 'Site',
    days: 'Jours',
    counts: 'Comptages',
  },
  ended: {
    title: (name) => `L’organisation ${name} est supprimée`,
    once: 'Voici le reçu. Il n’est affiché que cette fois : imprimez-le ou enregistrez-le.',
    receipt: 'Reçu',
    goneAtOnce: 'Supprimés aussitôt',
    peopleGone: (people) =>
      `${people === 1 ? 'Un membre' : plural(people, 'membre', 'membres')}, toutes les invitations, les liens de partage et les jetons d’API ; les comptes qui n’appartiennent à rien d’autre. Ses sites ne comptent plus rien.`,
    goneOn: (day) => `Seront supprimés le ${day}`,
    countsGone:
      'Les comptages de ses sites, leurs réglages et son journal. Le registre garde un reçu de la suppression de chaque site.',
    back: (days) => `Pour revenir en arrière sous ${days} jours`,
    backBy: 'Qui ouvre ce lien en devient propriétaire. Seul son hachage est conservé.',
  },
}
