// The page that explains counting in fives. In German.
import type { FivesWords } from '../en/fives.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural } = FORMATS.de

export const fives: FivesWords = {
  title: (k) => `Zählen in ${general.ks[k].many}n`,
  totals: (domain) =>
    `Die Gesamtzahlen von ${domain} sind genau: Besuche, Seitenaufrufe, aktive Besuche und Ereignisse pro Tag, Besuche auch pro Stunde. Sie tragen kein Merkmal: Eine Stunde, in der ein Besuch kam, zeigt, dass ein Besuch kam, und nichts über ihn.`,
  named(k) {
    const { one, many } = general.ks[k]
    return `Alles, was einen Namen hat (eine Seite, eine Quelle, ein Land, ein Ereignis), wird nur in ganzen ${many}n geschrieben. Jede solche Zahl und jede Differenz zweier solcher Zahlen ist ein Vielfaches von ${k}: Kein einzelner Besuch lässt sich durch Abziehen ermitteln. ${many} sind Besuche oder Aufrufe, keine Menschen: Alle ${one} können von einer Person sein.`
  },
  limits: 'Was aufbewahrt wird, und die ehrlichen Grenzen',

  example: {
    title: 'Ein Beispiel',
    sentence: (visits) => `Angenommen, ${visits} Besuche eines Monats kamen aus einer Quelle.`,
    came: 'Besuche',
    written: 'Geschrieben wird',
    seen: 'Sie sehen',
    upTo: (from, to) => `${from} bis ${to}`,
    noName: 'nirgends ein Name',
    inTotals: 'Besuche in den Gesamtzahlen, „noch nicht benannt“',
    theName: (k) => `der Name, mit ${k}`,
    shown: (k) => `der Name mit ${k}, sobald ${general.ks[k].one} weitere Besuche auf die Website kamen`,
    nothingNew: 'nichts Neues',
    more: (k) => `${k} mehr`,
    waiting: (named, waiting) => `${named}, und ${waiting} warten, bis der Monat endet`,
  },
  freeText: (k) =>
    `Kampagnen, Ereigniseigenschaften und Quellen, die ein Link mit eigenen Worten nennt, brauchen ${general.ks[k].twice}, bevor sie einen Namen bekommen: Ein solcher Text kann mehr von einer Person enthalten.`,
  kinds: (atLeast) =>
    `Diese Website verlangt außerdem, dass Besuche von mindestens ${plural(atLeast, 'Art', 'Arten')} kamen, nach Land und Browserfamilie.`,

  dates: {
    title: 'Warum ein Name später kommt als seine Besuche',
    sentences(k, atMidnight) {
      const { one, ordinal } = general.ks[k]
      return `Eine Zählung trägt den Tag, an dem der letzte ihrer ${one} Besuche kam. Deshalb kann eine Quelle an einem einzelnen Tag ${k} zeigen, obwohl nur einer davon an diesem Tag kam; über eine Woche oder einen Monat gleicht sich das aus. Gezeigt wird sie ${atMidnight ? 'nach Mitternacht, ' : ''}sobald ${one} weitere Besuche gekommen sind, damit niemand, der zusieht, erkennt, welcher Besuch der ${ordinal} war.`
    },
  },
  waiting: {
    title: 'Was aus dem Rest wird',
    sentences: (k) =>
      `„7 Besuche sind noch nicht benannt“ ist die Differenz zwischen der genauen Gesamtzahl und dem, was einen Namen hat. Endet der Monat, verliert das, was noch wartet, seinen Text und kommt zu „Zu selten für einen Namen“, auch das in ${general.ks[k].many}n. Was selbst dann keine ${general.ks[k].one} voll macht, wird ohne Text übertragen.`,
  },
  pairs: {
    title: 'Filter',
    sentences: (k) =>
      `Ein Filter zeigt zweierlei zusammen, etwa die Länder einer Quelle. Nur manche Paare werden gezählt, jedes in ${general.ks[k].many}n und erst, wenn beides einen Namen hat. Deshalb sind die Zahlen unter einem Filter niedriger, als sie es sonst wären, und manche Auswertungen haben dort nichts zu sagen.`,
  },
  months: {
    title: 'Ältere Monate',
    sentences: (anonymization, retention) =>
      `${plural(anonymization, 'Tag', 'Tage')} nach dem Ende eines Monats werden seine Stunden zu Tagen, und aus den Tagen von allem mit einem Namen wird ein Monat. Von da an zeigt ein solcher Monat seine Namen nur in Zeiträumen, die ihn ganz umfassen. ${plural(retention, 'Tag', 'Tage')} nach Monatsbeginn ist alles davon verschwunden.`,
  },
  small: {
    title: 'Kleine Websites',
    sentences: (days, months) =>
      rich`Auf einer Website mit wenigen Besuchen warten die meisten Namen und erscheinen im Lauf des Monats. Ein längerer Zeitraum zeigt mehr davon: ${days('30 Tage')} oder ${months('12 Monate')}.`,
  },
}
