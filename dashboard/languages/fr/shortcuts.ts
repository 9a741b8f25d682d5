// The keys that a page takes: their sheet, and their page. In French.
import type { ShortcutsWords } from '../en/shortcuts.ts'

export const shortcuts: ShortcutsWords = {
  title: 'Raccourcis clavier',
  where:
    'Sur les pages des chiffres d’un site, là où les scripts s’exécutent. Tout ce qu’ils font existe aussi en lien.',
  close: 'Fermer',
  enter: 'Entrée',
  escape: 'Échap',

  period: 'Période',
  calendar: 'Calendrier',
  earlierLater: 'Plus tôt, plus tard',
  numbers: 'Chiffres',
  comparison: 'Comparaison, avec ou sans',
  readChart: 'Dans le graphique : valeur par valeur',
  openRead: 'Dans le graphique : ouvrir ce qui est lu',
  find: 'Chercher une valeur',
  ways: 'Navigation',
  sites: 'Sites',
  closeMenu: 'Fermer un menu',
  these: 'Ces touches',

  remembers:
    'S’il y a plusieurs sites, ce navigateur retient dans son stockage local lequel il a montré en dernier. Cela n’est envoyé nulle part.',
}
