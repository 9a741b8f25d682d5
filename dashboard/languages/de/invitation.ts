// What links lead to whoever opens them: an invitation, and the undo of a deletion. In German.
import type { InvitationWords } from '../en/invitation.ts'
import { rich } from '../rich.ts'

export const invitation: InvitationWords = {
  title: (organization) => `${organization} beitreten`,
  invited: (bold, role, meaning) => rich`Sie sind als ${bold(role)} eingeladen. ${meaning}`,
  joinAs: (name) => `Als ${name} beitreten`,
  forAddress: (bold, email) => rich`Das Konto ist für ${bold(email)}, die Adresse, die eingeladen wurde.`,
  makeAndJoin: 'Konto anlegen und beitreten',
  known: (email) => `${email} hat hier ein Konto. Melden Sie sich damit an, und Sie kommen auf diese Seite zurück.`,
  another: (email, own) =>
    `Diese Einladung ist für ${email}, und Sie sind als ${own} angemeldet. Melden Sie sich ab, und öffnen Sie den Link dann noch einmal.`,
  gone: {
    title: 'Dieser Link öffnet sich nicht mehr',
    sentence:
      'Er wurde schon benutzt, wurde zurückgezogen oder ist zu alt. Wer ihn erstellt hat, kann einen neuen erstellen.',
  },

  undo: {
    title: (organization) => `${organization} zurückholen`,
    lead: (day) =>
      `Die Organisation wurde gelöscht, und ihre Zählungen verschwinden am ${day}. Wer sie zurückholt, dem gehört sie.`,
    domains: (domains) =>
      `Gezählt wird dann wieder auf ${domains}, mit den bisherigen Einstellungen. Wer dazugehörte, muss neu eingeladen werden; Tokens, Freigabelinks und Webhooks gibt es nicht mehr.`,
    signInFirst: (link) => rich`Haben Sie hier ein Konto? ${link('Melden Sie sich zuerst an.')}`,
    takeBackAs: (name) => `Als ${name} zurückholen`,
    makeAndTakeBack: 'Konto anlegen und zurückholen',
    hasAccount: 'Zu dieser Adresse gibt es ein Konto: Melden Sie sich zuerst an.',
  },
}
