// The list of the sites that a person may read, and the form that adds one. In German.
import type { SitesWords } from '../en/sites.ts'

export const sites: SitesWords = {
  title: 'Websites',
  noneAtAll: {
    title: 'Noch keine Website',
    sentence: 'Sie gehören zu keiner Organisation. Wer eine verwaltet, kann Sie dazu einladen.',
  },
  noneYet:
    'Noch keine Website. Fügen Sie die erste hinzu, setzen Sie ihr Skript-Tag in Ihre Seiten, und Besuche werden gezählt.',
  noneForYou: (organization) =>
    `Noch keine Website für Sie. Wer ${organization} verwaltet, kann Ihnen welche zugänglich machen.`,
  add: 'Website hinzufügen',
  public: 'Öffentlich',
  notPublic: 'Nicht öffentlich',
  settings: 'Einstellungen',
  settingsOf: (site) => `Einstellungen von ${site}`,
  transparency: 'Transparenz',
  transparencyOf: (site) => `Transparenzseite von ${site}`,

  newSite: {
    lead: (organization) =>
      `Die Website gehört zu ${organization}. Besuche werden ab jetzt gezählt, in Fünfern; alles andere lässt sich später einstellen.`,
    domainHint: 'Zum Beispiel example.com. Seiten mit und ohne www. zählen.',
    submit: 'Website hinzufügen',
  },
}
