// One's own account: its page, its second factor, its end, and why a form about people was not taken. In German.
import type { AccountWords } from '../en/account.ts'

export const account: AccountWords = {
  title: 'Ihr Konto',
  news: {
    name: 'Ihr Name ist geändert.',
    language: 'Ihre Sprache ist geändert.',
    email: 'Ihre E-Mail-Adresse ist geändert. Melden Sie sich von jetzt an mit ihr an.',
    password: 'Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.',
    'second-factor-off': 'Der zweite Faktor ist aus: Ihr Passwort allein genügt.',
  },

  name: { label: 'Name', change: 'Namen ändern' },
  language: {
    title: 'Sprache',
    label: 'Sprache',
    asBrowser: 'Wie Ihr Browser es wünscht',
    hint: 'Für diese Seiten und für die E-Mails, die Sundial Ihnen schickt.',
    change: 'Sprache ändern',
  },
  email: {
    title: 'E-Mail',
    hint: 'Mit ihr melden Sie sich an, und E-Mails für ein neues Passwort gehen dorthin.',
    change: 'Adresse ändern',
    taken: 'Ein anderes Konto hat diese Adresse.',
  },
  password: {
    title: 'Passwort',
    old: 'Aktuelles Passwort',
    new: 'Neues Passwort',
    change: 'Passwort ändern',
    wrong: 'Das Passwort ist nicht richtig.',
  },
  secondFactor: {
    title: 'Zweiter Faktor',
    isOn: 'Er ist an: Beim Anmelden wird ein Code Ihrer App verlangt.',
    codesLeft(n) {
      if (n === 0) return 'Alle Ihre Wiederherstellungscodes sind verbraucht: Erstellen Sie neue.'
      return n === 1 ? 'Ein Wiederherstellungscode ist noch übrig.' : `${n} Wiederherstellungscodes sind noch übrig.`
    },
    renew: 'Neue Codes erstellen',
    codesEnd: 'Die bisherigen Codes gelten dann nicht mehr.',
    turnOff: 'Ausschalten',
    meaning:
      'Eine App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code. Damit kommt niemand hinein, der nur Ihr Passwort kennt.',
    setUp: 'Einrichten',
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    meaning: 'Sundial führt keine Liste Ihrer Geräte. Es kann alle Ihre Sitzungen beenden, auch diese.',
    end: 'Überall abmelden',
  },

  scan: {
    title: 'Zweiten Faktor einrichten',
    lead: 'Scannen Sie dies mit einer App für Einmalcodes, etwa Aegis, 2FAS oder der Ihres Passwortmanagers.',
    picture: 'Das Geheimnis als QR-Code',
    orType: 'Oder tippen Sie dieses Geheimnis in die App:',
    codeHint: 'Die sechs Ziffern, die die App jetzt zeigt. Solange sie nicht stimmen, ändert sich nichts.',
    turnOn: 'Einschalten',
    wrong: 'Dieser Code ist nicht richtig oder gilt nicht mehr. Geben Sie den nächsten ein.',
  },
  recoveryCodes: {
    title: 'Ihre Wiederherstellungscodes',
    first: 'Der zweite Faktor ist an.',
    renewed: 'Die bisherigen Codes gelten nicht mehr.',
    meaning:
      'Mit jedem davon melden Sie sich einmal an, anstelle eines Codes der App. Sie werden jetzt gezeigt und nie wieder: Drucken Sie diese Seite, oder kopieren Sie die Codes dorthin, wo Sie Ihre Passwörter aufbewahren.',
    kept: 'Ich habe sie aufbewahrt',
  },

  end: {
    title: 'Ihr Konto löschen',
    lead: 'Ihr Name, Ihre Adresse, Ihr Passwort, Ihr zweiter Faktor und Ihre Mitgliedschaften verschwinden sofort. Was Sie an Websites getan haben, bleibt in den Protokollen, ohne Ihren Namen.',
    submit: 'Konto endgültig löschen',
    orphans: 'Ohne Sie bliebe hier kein Inhaber:',
    first:
      'Machen Sie dort jemand anderen zum Inhaber, oder löschen Sie die Organisation. Dann lässt sich Ihr Konto löschen.',
  },

  refusals: (password) => ({
    nameMissing: 'Ihr Name fehlt.',
    nameTooLong: 'Ihr Name ist zu lang.',
    organizationMissing: 'Der Name der Organisation fehlt.',
    organizationTooLong: 'Der Name der Organisation ist zu lang.',
    noEmailAddress: 'Das ist keine E-Mail-Adresse.',
    passwordTooShort: `Das Passwort braucht mindestens ${password.least} Zeichen.`,
    passwordTooLong: `Das Passwort darf höchstens ${password.most} Zeichen haben.`,
  }),
}
