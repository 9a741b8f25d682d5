// The pages before one is in: signing in, the set-up link, a forgotten password. In German.
import type { SignInWords } from '../en/sign_in.ts'

export const signIn: SignInWords = {
  fields: {
    email: 'E-Mail',
    password: 'Passwort',
    yourName: 'Ihr Name',
    organization: 'Organisation',
    code: 'Einmalcode',
    passwordHint: (least) => `Mindestens ${least} Zeichen. Ein paar Wörter sind besser als ein sonderbares.`,
  },

  title: 'Anmelden',
  submit: 'Anmelden',
  forgotten: 'Passwort vergessen?',
  cookie: 'Beim Anmelden wird ein Cookie gesetzt: Es sagt hier, dass Sie es sind, und sonst nichts.',
  news: {
    password: 'Ihr neues Passwort ist gesetzt. Melden Sie sich damit an.',
    code: 'Dieser Code wurde schon benutzt. Melden Sie sich noch einmal an, mit dem nächsten.',
  },
  wrong: 'E-Mail oder Passwort ist nicht richtig.',
  tooOpen:
    'Diese Seite wurde nicht über HTTPS geöffnet; ein Passwort könnte also unterwegs mitgelesen werden. Öffnen Sie sie über eine https://-Adresse oder auf dem Rechner selbst.',
  tooMany: {
    title: 'Zu viele Versuche',
    sentence:
      'Jemand, vielleicht nicht Sie, hat viele Passwörter probiert. Geprüft wurde nichts. Versuchen Sie es in einer Minute noch einmal.',
  },

  secondFactor: {
    title: 'Ihr zweiter Faktor',
    lead: 'Die sechs Ziffern, die Ihre App jetzt zeigt.',
    hint: 'Ohne die App: einer Ihrer Wiederherstellungscodes. Jeder gilt einmal.',
    cookie:
      'Zwischen Passwort und Code merkt sich ein zweites Cookie, höchstens zehn Minuten lang, dass Ihr Passwort richtig war.',
    refused: {
      wrong: 'Dieser Code ist nicht richtig oder gilt nicht mehr. Die App zeigt alle 30 Sekunden einen neuen.',
      locked:
        'Zu viele Codes waren falsch. Warten Sie eine Viertelstunde. Wenn Sie es nicht waren, kennt jemand Ihr Passwort: Wählen Sie ein neues, das beendet auch das Warten.',
    },
  },

  noOwner: {
    title: 'Wartet auf seinen Inhaber',
    sentence: 'Dieses Sundial gehört noch niemandem, also kann sich niemand anmelden. Es zählt trotzdem.',
    how: {
      started:
        'Öffnen Sie den Einrichtungslink, den `npm start` ausgegeben hat. Wird Sundial neu gestartet, gibt es einen neuen aus.',
      deployed:
        'Wer es bereitgestellt hat, erstellt den Einrichtungslink: npm run sundial -- user invite you@example.com --d1 --remote',
    },
  },
  setUp: {
    title: 'Dieses Sundial übernehmen',
    lead: 'Dem ersten Konto gehört es: Websites, Personen, Fristen. Dieser Link öffnet sich einmal.',
    organizationHint: 'Besitzt die Websites. Lässt sich umbenennen.',
    submit: 'Konto anlegen',
    taken: 'Zu dieser Adresse gibt es hier schon ein Konto. Wählen Sie eine andere.',
    gone: {
      title: 'Dieser Link öffnet sich nicht mehr',
      sentence: 'Er wurde schon benutzt oder ist zu alt. Wer ihn erstellt hat, kann einen neuen erstellen.',
    },
  },

  reset: {
    title: 'Ein neues Passwort',
    sent: 'Wenn es ein Konto mit dieser Adresse gibt, ist eine E-Mail mit einem Link unterwegs. Der Link gilt einmal, eine Stunde lang.',
    hint: 'Dorthin geht ein Link, mit dem Sie ein neues Passwort wählen.',
    send: 'Link senden',
    noMail: 'Dieses Sundial sendet keine E-Mails. Wer es betreibt, kann einen Link für Sie erstellen:',
    once: 'Der Link gilt einmal, eine Stunde lang.',
    back: 'Zurück zur Anmeldung',
    lead: 'Es beendet jede Sitzung Ihres Kontos. Ein zweiter Faktor bleibt, wie er ist.',
    set: 'Passwort setzen',
    gone: {
      title: 'Dieser Link öffnet sich nicht mehr',
      sentence: 'Er gilt einmal und eine Stunde lang. Fordern Sie einen neuen an.',
      next: 'Neuen Link anfordern',
    },
  },
}
