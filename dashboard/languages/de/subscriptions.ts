// Reports and alerts of a site: what somebody gets of them, the webhooks that get them, and the pages behind the link that
// ends them. In German.
import type { SubscriptionsWords } from '../en/subscriptions.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'

const { sayList } = FORMATS.de

export const subscriptions: SubscriptionsWords = {
  title: 'Berichte',
  save: 'Speichern',
  weekly: {
    label: 'Der Wochenbericht',
    meaning: 'Jeden Montag ab 7:00 Uhr in der Zeitzone der Website: die Woche davor, mit ihren Veränderungen.',
  },
  alerts: {
    label: 'Hinweise auf ungewöhnliche Besuchszahlen',
    meaning:
      'Viel mehr Besuche in einer Stunde als in derselben Stunde desselben Wochentags in den letzten Wochen, oder keine, wo es sonst welche gibt. Von beidem höchstens einer am Tag; eine neue Website wird zuerst vier Wochen lang beobachtet.',
  },

  byMail: {
    title: 'Per E-Mail',
    to: (email) => `An ${email}, die Adresse Ihres Kontos. Jede E-Mail hat einen Link, der das beendet.`,
    noMail: (code) =>
      rich`Auf diesem Sundial ist kein E-Mail-Versand eingerichtet, deshalb wird noch nichts gesendet. Wer es betreibt, setzt ${code('MAIL_URL')}.`,
  },

  webhooks: {
    title: 'Per Webhook',
    removed: 'Entfernt',
    meaning: (code) =>
      rich`Dasselbe als JSON, gesendet an eine Adresse von Ihnen. Das Feld ${code('text')} darin zeigen Slack, Mattermost und Ähnliche so, wie es ist.`,
    signed: (name) =>
      `„${name}“ wird mit diesem Schlüssel signiert. Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal angezeigt.`,
    listed: (host, { weekly, alerts }, day) =>
      `${host}, ${sayList([...(weekly ? ['Wochenbericht'] : []), ...(alerts ? ['Hinweise'] : [])])}, seit ${day}`,
    test: 'Test senden',
    testNamed: (name) => `Test an ${name} senden`,
    remove: 'Entfernen',
    removeNamed: (name) => `${name} entfernen`,
    arrived: (name) => `Der Test ist bei „${name}“ angekommen.`,
    notArrived: (name, problem) => `Der Test ist bei „${name}“ nicht angekommen: ${problem}.`,
    name: 'Name eines neuen Webhooks',
    address: 'Adresse',
    addressHint:
      'https:// und ein öffentlicher Name. Weiterleitungen wird nicht gefolgt. Nur der Host wird hier wieder angezeigt.',
    add: 'Webhook hinzufügen',
    gone: 'Diesen Webhook gibt es nicht: Er wurde schon entfernt.',
  },

  refusals: {
    nameMissing: 'Ein Webhook hat einen Namen, an dem Sie ihn wiedererkennen.',
    nameTooLong: (most) => `Ein Name hat höchstens ${most} Zeichen.`,
    addressTooLong: (most) => `Eine Adresse hat höchstens ${most} Zeichen.`,
    notHttps: 'Die Adresse eines Webhooks beginnt mit https://',
    withPassword: 'Die Adresse eines Webhooks enthält weder Benutzer noch Passwort.',
    noName: 'Die Adresse eines Webhooks hat einen Namen, nicht die Nummer einer Maschine.',
    nothingWanted: 'Kreuzen Sie an, was er bekommen soll.',
    tooMany: 'Diese Website hat so viele Webhooks, wie sie haben darf. Entfernen Sie zuerst einen.',
  },

  farewell: {
    title: 'Diese E-Mails beenden',
    lead: (domain) => `Der Wochenbericht und die Hinweise zu ${domain}.`,
    stop: 'Beenden',
    stopped: {
      title: 'Sie sind beendet',
      sentence: (domain) =>
        `Es werden Ihnen keine E-Mails mehr zu ${domain} gesendet. Auf der Seite der Berichte dieser Website können Sie sie wieder wählen.`,
    },
    over: {
      title: 'Das ist vorbei',
      sentence: 'Dieser Link beendet nichts mehr: Solche E-Mails werden nicht gesendet.',
    },
  },
}
