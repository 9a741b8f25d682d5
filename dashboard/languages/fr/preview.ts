// What the preview's script says. In French.
import type { PreviewWords } from '../en/preview.ts'

export const preview: PreviewWords = {
  imagine: 'Imaginez que vous ouvrez',
  page: 'cette page du site',
  referrer: 'en venant de',
  noReferrer: 'nulle part : adresse saisie, ou favori',
  show: 'Montrer ce qui serait envoyé',

  silent: 'Votre navigateur n’enverrait rien',
  because: (reasons) => `Car ${reasons.join(' et ')}.`,
  globalPrivacyControl: 'il dit Global Privacy Control',
  doNotTrack: 'il dit Do Not Track',
  automated: 'il est automatisé',

  headers: 'Les en-têtes qui l’accompagnent',
  headersRead:
    'Votre navigateur joint des en-têtes de lui-même. Le collecteur lit ceux-ci, regarde si la page a seulement été chargée à l’avance et voit l’adresse d’où vient la connexion ; cette page-ci ne connaît pas cette adresse.',
  notSent: 'non envoyé',

  opening: 'Quand la page s’ouvre',
  staying: 'Quand vous restez ou partez',
  event: (name) => `Événement ${name}`,
  posted: (address, bytes, cookies) =>
    `${address} · ${bytes} octets · ${cookies ? 'avec des cookies' : 'aucun cookie'}`,
  refused: (answer) => `Ce message serait refusé, avec cette réponse : « ${answer} ».`,
  dropped: (reason) => `Ce message ne serait pas compté : ${reason}.`,

  counted: 'Ce message ajouterait un à chacun de ces nombres, puis serait oublié :',
  head: ['Plus un', 'Pour', 'Écrit'],
  total: 'Total',
  totals: {
    visits: (day, hour) => `Visites du ${day}, et de l’heure qui commence à ${hour}`,
    pageviews: (day) => `Pages vues du ${day}`,
    engaged: (day) => `Visites actives du ${day}`,
    events: (day) => `Événements du ${day}`,
  },
  exact: 'aussitôt, exact',
  value: (label, value) => `${label} : ${value}`,
  country: 'celui de votre adresse, que seul le collecteur voit',
  written: ({ many, times, several }) =>
    `par groupes entiers de ${many}, ${times === undefined ? 'dès que les deux sont nommés' : `après ${times} fois dans le mois`}${several ? ', depuis plusieurs pays ou navigateurs' : ''}`,
}
