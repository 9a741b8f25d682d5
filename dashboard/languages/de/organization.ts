// The pages of an organization: their frame, its people, its name, its end. In German.
import type { OrganizationWords } from '../en/organization.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'

const { plural } = FORMATS.de

export const organization: OrganizationWords = {
  list: 'Seiten der Organisation',
  pages: {
    people: 'Personen',
    tokens: 'API-Tokens',
    audit: 'Protokoll',
    organization: 'Organisation',
    end: 'Export und Ende',
  },

  name: { title: 'Name', label: 'Name der Organisation', rename: 'Umbenennen' },
  you: {
    title: 'Ihre Rolle hier',
    role: (bold, role, meaning) => rich`Ihre Rolle ist ${bold(role)}. ${meaning}`,
    handOver:
      'Um die Organisation abzugeben, machen Sie unter ihren Personen jemand anderen zum Inhaber und ändern dann Ihre eigene Rolle oder verlassen sie. Einen Inhaber behält sie immer.',
    onlyInvited: 'Nur eine Einladung lässt Sie wieder hinein.',
    leaving: 'Diese Organisation verlassen',
    left: 'Sie sehen ihre Websites dann nicht mehr. Ihr Konto bleibt.',
    leave: (name) => `${name} verlassen`,
  },
  another: {
    title: 'Noch eine Organisation',
    meaning: 'Für Websites mit anderen Personen. Sie gehört Ihnen; niemand von hier sieht sie.',
    name: 'Name der neuen Organisation',
    make: 'Anlegen',
    ownersOnly: 'Wer eine Organisation besitzt, kann eine weitere anlegen.',
  },

  people: {
    title: 'Mitglieder',
    count: (n) => plural(n, 'Person', 'Personen'),
    you: 'Sie',
    reads: (domains) => `Liest ${domains}.`,
    readsNone: (meaning) => `${meaning} Bisher keine.`,
    change: 'Ändern',
    role: 'Rolle',
    sites: 'Websites, für einen Leser',
    noSite: 'Es gibt noch keine Website.',
    allSites: 'Die anderen Rollen lesen jede Website, auch künftige.',
    save: 'Speichern',
    removed: 'Wer entfernt wird, sieht hier vom nächsten Klick an nichts mehr.',
    remove: (name) => `${name} entfernen`,
  },
  invitations: {
    title: 'Offene Einladungen',
    meaning:
      'Jede öffnet sich einmal. Darf die Person, die sie erstellt hat, nicht mehr einladen, öffnet sie nichts mehr.',
    until: (role, moment) => `${role}, bis ${moment}`,
    withdraw: 'Zurückziehen',
    invite: 'Jemanden einladen',
    email: 'E-Mail-Adresse der Person',
    emailMeaning:
      'Die Einladung gilt nur für diese Adresse. Sundial bewahrt sie auf, solange die Einladung offen ist, höchstens 7 Tage.',
    make: 'Einladung erstellen',
    made: (email) => `Die Einladung für ${email}`,
    mailed: 'Sie wurde per E-Mail verschickt. Sie können den Link auch selbst weitergeben:',
    notMailed: 'Die E-Mail ließ sich nicht verschicken. Geben Sie diesen Link weiter:',
    passOn: 'Geben Sie diesen Link weiter:',
    copy: 'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt, und nur ein Hash davon wird aufbewahrt. Er öffnet sich einmal, innerhalb von 7 Tagen, für diese Adresse.',
  },

  refusals: {
    'last owner': 'Eine Organisation behält einen Inhaber: Machen Sie zuerst jemand anderen dazu.',
    'changed meanwhile': 'Jemand anderes hat das inzwischen geändert. So ist es jetzt.',
    nameMissing: 'Der Name fehlt.',
    nameTooLong: 'Der Name ist zu lang.',
    noEmailAddress: 'Das ist keine E-Mail-Adresse.',
    roleNotYours: 'Wählen Sie eine Rolle, die Sie vergeben dürfen.',
    sitesMissing: 'Kreuzen Sie die Websites an, die der Leser lesen darf.',
    memberAlready: 'Diese Person gehört schon zu dieser Organisation.',
    invitedOften:
      'Für diese Adresse sind drei Einladungen offen. Ziehen Sie eine zurück oder geben Sie eine davon weiter.',
    manyInvited: 'Hundert Einladungen sind offen. Ziehen Sie die zurück, die niemand mehr braucht.',
    notBelow: 'Verwalter können nur Personen unter ihnen einladen, ändern und entfernen. Inhaber können es.',
  },

  end: {
    take: 'Alles mitnehmen',
    all: (name) =>
      `Ein Archiv mit allem, was über ${name} aufbewahrt wird: die Personen, die Namen der Tokens, die Einstellungen, Notizen und Webhooks der Websites, das Protokoll und jede Zahl, als CSV und als JSON. Nichts darin gewährt Zugang.`,
    export: 'Alles exportieren',
    title: (name) => `${name} löschen`,
    sitesAtOnce:
      'Sofort zählen die Websites nichts mehr, und niemand kann sie öffnen: Freigabelinks und API-Tokens enden.',
    peopleAtOnce:
      'Sofort sind die Personen fort; wer zu keiner anderen Organisation gehört, verliert das Konto, auch Sie.',
    countsStay: (days) =>
      `Die Zählungen bleiben ${days} Tage, ungelesen. So lange holt ein Link, den Sie jetzt bekommen, alles außer den Personen zurück.`,
    countsGo:
      'Dann werden die Zählungen gelöscht, und das Protokoll. Sicherungen, die der Betreiber aufbewahrt, haben ihr eigenes Ende.',
    unknown: 'Wie viel das ist, lässt sich gerade nicht zeigen: Die Datenbank antwortet nicht.',
    notTyped: (name) => `Geben Sie ${name} ein, um die Organisation zu löschen.`,
    type: (name) => `Geben Sie zur Bestätigung ${name} ein`,
    delete: 'Organisation löschen',
    noSite: 'Die Organisation hat keine Website.',
    site: 'Website',
    days: 'Tage',
    counts: 'Zählungen',
  },
  ended: {
    title: (name) => `${name} ist gelöscht`,
    once: 'Das ist die Quittung. Sie wird nur dieses eine Mal gezeigt: Drucken oder speichern Sie sie.',
    receipt: 'Quittung',
    goneAtOnce: 'Sofort gelöscht',
    peopleGone: (people) =>
      `${people === 1 ? 'Ein Mitglied' : plural(people, 'Mitglied', 'Mitglieder')}, alle Einladungen, Freigabelinks und API-Tokens; Konten, die sonst nirgends dazugehören. Die Websites zählen nichts mehr.`,
    goneOn: (day) => `Wird am ${day} gelöscht`,
    countsGone:
      'Die Zählungen der Websites, ihre Einstellungen und das Protokoll. Das Register behält eine Quittung über die Löschung jeder Website.',
    back: (days) => `Um sie innerhalb von ${days} Tagen zurückzuholen`,
    backBy: 'Wer diesen Link öffnet, wird ihr Inhaber. Nur ein Hash davon wird aufbewahrt.',
  },
}
