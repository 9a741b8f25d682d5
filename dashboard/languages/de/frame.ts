// What stands around every page, and the pages for what could not be done. In German.
import type { FrameWords } from '../en/frame.ts'

export const frame: FrameWords = {
  settings: 'Einstellungen',
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  sites: 'Websites',
  yourAccount: 'Ihr Konto',
  home: (site) => `Sundial, ${site}`,
  openDashboard: 'Dashboard öffnen',
  openSite: (site) => `${site} öffnen`,

  nothingHere: { title: 'Hier ist nichts', sentence: 'Unter dieser Adresse gibt es nichts für Sie.' },
  noSuchPage: { title: 'Diese Seite gibt es nicht', sentence: 'Unter dieser Adresse gibt es nichts.' },
  notYours: {
    title: 'Dazu sind Sie nicht berechtigt',
    sentence:
      'Ihre Rolle in dieser Organisation umfasst das nicht. Wer sie besitzt oder verwaltet, kann Ihnen weiterhelfen.',
  },
  failure: {
    title: 'Diese Seite ließ sich nicht anzeigen',
    sentence: 'Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  formNotTaken: {
    title: 'Dieses Formular wurde nicht angenommen',
    tooLarge: (kilobytes) => `Ein Formular darf höchstens ${kilobytes} KB groß sein.`,
    notFields: 'Formulare werden hier als Felder gesendet, ohne Dateien.',
    fromElsewhere:
      'Es kam von einer anderen Website oder aus einem Browser, der nicht sagt, woher. Bitte öffnen Sie die Seite hier und senden Sie es noch einmal.',
  },
}
