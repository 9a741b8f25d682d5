// Share links: the list of them in the settings of a site, and the page that asks for a password. And the badge. In German.
import type { SharingWords } from '../en/sharing.ts'
import { FORMATS } from '../format.ts'

const { plural } = FORMATS.de

export const sharing: SharingWords = {
  title: 'Freigabelinks',
  lead: 'Wer die Adresse eines Freigabelinks hat, liest die Statistik dieser Website ohne Konto, so weit, wie alle es könnten, wenn sie öffentlich wäre: Über Besucher erfährt man dort nicht mehr, als die Zahlen enthalten.',
  copyNow: 'Kopieren Sie diese Adresse: Sie wird nur jetzt angezeigt.',
  tellPassword: 'Geben Sie das Passwort auf einem anderen Weg weiter als die Adresse.',
  alsoInFrames: (day) => `${day}, auch in Frames`,
  withPassword: (day) => `${day}, mit Passwort`,
  withdraw: 'Zurückziehen',
  withdrawNamed: (name) => `${name} zurückziehen`,
  withdrawn: 'Zurückgezogen',

  name: {
    label: 'Name eines neuen Links',
    hint: 'Für wen er ist, damit Sie wissen, welchen Sie zurückziehen. Nur wer die Website verwaltet, sieht ihn.',
  },
  linkPassword: {
    label: 'Passwort (optional)',
    hint: (least) =>
      `Mindestens ${least} Zeichen. Der Link fragt dann in jedem Browser einmal danach, bis dieser geschlossen wird. Es lässt sich nicht ändern: Ziehen Sie den Link zurück und erstellen Sie einen neuen.`,
  },
  framed: {
    label: 'Seiten dieser Website dürfen ihn in einem Frame zeigen',
    hint: (domain) =>
      `Wie in <iframe src="…">, auf ${domain} und den anderen Hosts der Website. Jeder andere Link wird in gar keinem Frame gezeigt. Ein Link in einem Frame hat kein Passwort.`,
  },
  make: 'Freigabelink erstellen',

  refusals: {
    nameMissing: 'Ein Freigabelink hat einen Namen, an dem Sie ihn wiedererkennen.',
    nameTooLong: (most) => `Ein Name hat höchstens ${most} Zeichen.`,
    passwordTooShort: (least) => `Ein Passwort hat mindestens ${least} Zeichen.`,
    passwordTooLong: (most) => `Ein Passwort hat höchstens ${most} Zeichen.`,
    passwordInFrame:
      'Ein Link, der in Frames gezeigt wird, kann kein Passwort haben: Browser würden es sich dort nicht merken. Wählen Sie eines von beiden.',
    tooMany: (most) => `Eine Website hat höchstens ${most} Freigabelinks. Ziehen Sie zuerst einen zurück.`,
  },

  password: {
    title: 'Dieser Link hat ein Passwort',
    lead: 'Wer Ihnen die Adresse gegeben hat, kann es Ihnen sagen.',
    label: 'Passwort',
    open: 'Öffnen',
    cookie:
      'Das richtige Passwort setzt ein Cookie, nur für diesen Link: Es sagt, dass das Passwort richtig war, und sonst nichts. Es endet, wenn Sie den Browser schließen, spätestens nach zwölf Stunden.',
    wrong: 'Dieses Passwort ist nicht richtig.',
  },

  badge: {
    label: 'Besuche diese Woche',
    title: (n, days) => `${plural(n, 'Besuch', 'Besuche')}, ${days}`,
  },
}
