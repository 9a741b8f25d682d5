// The tag that a site owner copies, and the page of a site that waits for its first visit. In German.
import type { TagWords } from '../en/tag.ts'
import { rich } from '../rich.ts'

export const tag: TagWords = {
  replace: (origin, code) =>
    rich`Ersetzen Sie ${origin} durch die Adresse, unter der Ihre Besucher dieses Sundial erreichen; mit der Einstellung ${code('PUBLIC_URL')} nennt das Tag sie.`,
  notice: (domain, kept, record) =>
    rich`Verweisen Sie in Ihrer Datenschutzerklärung darauf, ${kept(`was ${domain} von einem Besuch aufbewahrt`)}; diese Seite steht allen offen. Für Ihre eigenen Akten gibt es ein ${record('Verzeichnis von Verarbeitungstätigkeiten')} (Artikel 30 DSGVO) zum Ausdrucken.`,

  waiting: 'Warten auf den ersten Besuch',
  put: (code, domain) => rich`Setzen Sie dieses Tag in den ${code('<head>')} jeder Seite von ${domain}:`,
  named: (naming) =>
    `Ein Besuch erscheint hier binnen Sekunden, als Zahl. Seiten, Quellen und Länder erscheinen später mit Namen: ${naming}. Bevor er so oft vorkam, wird nichts Lesbares davon geschrieben.`,
  missing: (link) =>
    rich`Kein Besuch erscheint, obwohl das Tag da ist? Sehen Sie nach, ${link('was nicht gezählt wurde, und warum')}.`,
  openDemo: 'Demo-Website öffnen',
  demoCarries: 'Sie enthält das Tag schon.',
}
