// The mails about accounts and organizations, and what stands in any mail. In German.
import type { LettersWords } from '../en/letters.ts'

export const letters: LettersWords = {
  labelled: (label) => `${label}:`,
  orOpen: 'Oder öffnen Sie diese Adresse:',
  worksUntil: (moment) => `Der Link gilt einmal, bis ${moment}.`,

  invitation: {
    subject: (organization) => `Einladung zu ${organization}`,
    invites: (somebody, organization) =>
      `${somebody} lädt Sie zu ${organization} auf Sundial ein, einer Webanalyse, die Besuche zählt und keinen Besucher kennt.`,
    role: (role, meaning) => `Ihre Rolle dort: ${role}. ${meaning}`,
    accept: 'Einladung annehmen',
    unexpected: 'Wenn Sie das nicht erwartet haben, müssen Sie nichts tun: Ohne Sie wird kein Konto angelegt.',
  },
  reset: {
    subject: 'Ein neues Passwort für Sundial wählen',
    asked: 'Jemand, wahrscheinlich Sie, hat ein neues Passwort für Ihr Sundial-Konto angefordert.',
    choose: 'Neues Passwort wählen',
    notYou:
      'Wenn Sie es nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist. Zeigen Sie den Link niemandem.',
  },
  addressChanged: {
    subject: 'Ihre Adresse bei Sundial wurde geändert',
    changed:
      'Die E-Mail-Adresse Ihres Sundial-Kontos wurde von dieser in eine andere geändert, mit der Sie sich von jetzt an anmelden. Hierher kommen keine E-Mails mehr.',
    notYou:
      'Wenn Sie es nicht waren, kennt jemand Ihr Passwort: Sagen Sie sofort der Person Bescheid, die dieses Sundial betreibt. Sie kann Ihnen das Konto zurückgeben.',
  },
  end: {
    subject: (organization) => `${organization} wurde gelöscht`,
    deleted: (organization) =>
      `${organization} wurde auf Sundial von einem Inhaber gelöscht. Die Personen dort haben keinen Zugang mehr, und die Websites zählen nichts mehr.`,
    takesBack: (day) =>
      `Die Zählungen bleiben bis zum ${day}, ungelesen. 30 Tage lang holt dieser Link die Organisation zurück, und wer ihn öffnet, wird ihr Inhaber.`,
    takeBack: 'Organisation zurückholen',
    meant: 'Wenn sie enden soll, müssen Sie nichts tun. Zeigen Sie den Link sonst niemandem.',
  },
}
