// One's own account: its page, its second factor, its end, and why a form about people was not taken. In French.
import type { AccountWords } from '../en/account.ts'

export const account: AccountWords = {
  title: 'Votre compte',
  news: {
    name: 'Votre nom est modifié.',
    language: 'Votre langue est modifiée.',
    email: 'Votre adresse e-mail est modifiée. Connectez-vous désormais avec elle.',
    password: 'Votre mot de passe est modifié. Partout ailleurs, vos sessions sont terminées.',
    'second-factor-off': 'Le second facteur est désactivé : votre mot de passe suffit.',
  },

  name: { label: 'Nom', change: 'Modifier le nom' },
  language: {
    title: 'Langue',
    label: 'Langue',
    asBrowser: 'Selon votre navigateur',
    hint: 'Pour ces pages et pour les e-mails que Sundial vous envoie.',
    change: 'Modifier la langue',
  },
  email: {
    title: 'Adresse e-mail',
    hint: 'Vous vous connectez avec elle, et les e-mails pour un nouveau mot de passe y arrivent.',
    change: 'Modifier l’adresse',
    taken: 'Un autre compte a cette adresse.',
  },
  password: {
    title: 'Mot de passe',
    old: 'Mot de passe actuel',
    new: 'Nouveau mot de passe',
    change: 'Modifier le mot de passe',
    wrong: 'Le mot de passe est incorrect.',
  },
  secondFactor: {
    title: 'Second facteur',
    isOn: 'Il est activé : la connexion demande un code de votre application.',
    codesLeft(n) {
      if (n === 0) return 'Tous vos codes de secours ont servi : créez-en de nouveaux.'
      return n === 1 ? 'Il reste un code de secours.' : `Il reste ${n} codes de secours.`
    },
    renew: 'Créer de nouveaux codes',
    codesEnd: 'Les codes actuels ne seront alors plus valables.',
    turnOff: 'Désactiver',
    meaning:
      'Une application sur votre téléphone affiche un nouveau code toutes les 30 secondes. Ainsi, qui ne connaît que votre mot de passe n’entre pas.',
    setUp: 'Mettre en place',
  },
  sessions: {
    title: 'Vos sessions ouvertes',
    meaning:
      'Sundial ne tient aucune liste de vos appareils. Il peut mettre fin à toutes vos sessions, y compris celle-ci.',
    end: 'Se déconnecter partout',
  },

  scan: {
    title: 'Mettre en place un second facteur',
    lead: 'Scannez ceci avec une application de codes à usage unique, comme Aegis, 2FAS ou celle de votre gestionnaire de mots de passe.',
    picture: 'Le secret sous forme de code QR',
    orType: 'Ou saisissez ce secret dans l’application :',
    codeHint: 'Les six chiffres que l’application affiche maintenant. Tant qu’ils ne sont pas justes, rien ne change.',
    turnOn: 'Activer',
    wrong: 'Ce code est incorrect ou n’est plus valable. Saisissez le suivant.',
  },
  recoveryCodes: {
    title: 'Vos codes de secours',
    first: 'Le second facteur est activé.',
    renewed: 'Les codes précédents ne sont plus valables.',
    meaning:
      'Chacun de ces codes vous connecte une fois, à la place d’un code de l’application. Ils sont affichés maintenant et jamais plus : imprimez cette page, ou copiez-les là où vous gardez vos mots de passe.',
    kept: 'Je les ai gardés',
  },

  end: {
    title: 'Supprimer votre compte',
    lead: 'Votre nom, votre adresse, votre mot de passe, votre second facteur et vos appartenances disparaissent aussitôt. Ce que vous avez fait sur les sites reste dans les journaux, sans votre nom.',
    submit: 'Supprimer le compte définitivement',
    orphans: 'Sans vous, plus personne ne serait propriétaire ici :',
    first:
      'Donnez-y le rôle de propriétaire à quelqu’un d’autre, ou supprimez l’organisation. Votre compte pourra alors être supprimé.',
  },

  refusals: (password) => ({
    nameMissing: 'Il manque votre nom.',
    nameTooLong: 'Votre nom est trop long.',
    organizationMissing: 'Il manque le nom de l’organisation.',
    organizationTooLong: 'Le nom de l’organisation est trop long.',
    noEmailAddress: 'Ce n’est pas une adresse e-mail.',
    passwordTooShort: `Le mot de passe doit avoir au moins ${password.least} caractères.`,
    passwordTooLong: `Le mot de passe peut avoir ${password.most} caractères au plus.`,
  }),
}
