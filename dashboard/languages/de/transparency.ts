// The public pages about a site: what is received, kept and never kept, and the preview. In German.
import type { TransparencyWords } from '../en/transparency.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { sayCount, sayList, plural } = FORMATS.de
const { ks } = general

export const transparency: TransparencyWords = {
  links: { name: 'Über das Zählen', page: 'Was aufbewahrt wird', preview: 'Ihre Vorschau' },
  failure: 'Diese Seite ließ sich nicht anzeigen. Bitte versuchen Sie es in einer Minute noch einmal.',

  title: (site) => `Was ${site} zählt`,
  heading: (site) => `Was ${site} von Ihrem Besuch aufbewahrt`,
  lead: (site) =>
    `${site} zählt Besuche mit Sundial, das die Stunde kennt, nicht den Besucher. Diese Seite erstellt das Programm, das auch zählt: aus seiner eigenen Liste dessen, was es aufbewahren darf, aus den Einstellungen dieser Website und aus der Datenbank, wie sie jetzt ist.`,
  made: (moment) => `Erstellt am ${moment}.`,
  contents: 'Inhalt',
  sections: {
    short: 'Kurz gesagt',
    received: 'Was Ihr Browser sendet',
    stored: 'Was gespeichert wird',
    attributes: 'Wonach gezählt wird',
    never: 'Was nie erhoben wird',
    fives: 'Wie gezählt wird',
    periods: 'Wie lange es aufbewahrt wird',
    responsible: 'Wer verantwortlich ist',
    refuse: 'Wie Sie nicht gezählt werden',
    limits: 'Die ehrlichen Grenzen',
    check: 'Prüfen Sie es selbst',
  },

  short: {
    nobody: {
      title: 'Keine Person, kein Gerät',
      sentences:
        'Kein Cookie, kein Fingerprint, keine Kennung. Nichts, was aufbewahrt wird, unterscheidet Sie von irgendjemand anderem.',
    },
    counted: (k) => ({
      title: `Nur in ${ks[k].many}n`,
      sentences: `Eine Seite, eine Quelle, ein Land oder etwas anderes mit einem Namen wird erst gespeichert, wenn es ${ks[k].one}mal gezählt wurde, und dann in ganzen ${ks[k].many}n.`,
    }),
    hour: {
      title: 'Die Stunde, nicht der Augenblick',
      sentences:
        'Besuche haben eine Stunde, alles mit einem Namen hat einen Tag. Dauern sind Intervalle, das Land ist der genaueste Ort.',
    },
    ends: (anonymizationDays, retentionDays) => ({
      title: 'Es endet',
      sentences: `${plural(anonymizationDays, 'Tag', 'Tage')} nach dem Ende eines Monats werden seine Stunden zu Tagen und seine Tage zu einem Monat. ${plural(retentionDays, 'Tag', 'Tage')} nach seinem Beginn ist alles davon verschwunden.`,
    }),
  },

  received: {
    message: (longest, preview) =>
      rich`Eine Nachricht von höchstens ${sayCount(longest)} Byte geht hinaus, wenn eine Seite sich öffnet, wenn aktive Zeit gemeldet wird und wenn etwas geschieht, was die Website zählt. ${preview('Sehen Sie genau die Bytes, die Ihr Browser senden würde')}. Dies sind ihre Felder und was aus ihnen wird; jedes andere Feld wird ignoriert.`,
    fields: ['Feld', 'Was es sagt', 'Was daraus wird'],
    around: 'Um die Nachricht herum',
    request:
      'Browser sagen mit jeder Anfrage mehr. So viel davon wird gelesen; der Rest, etwa die Sprachen, wird nicht angesehen. Cookies werden gar nicht erst mitgesendet.',
    language:
      'Diese Seiten über das Zählen sehen sich die Sprachen an, um in Ihrer zu erscheinen, und behalten nichts davon.',
    facts: ['Von der Anfrage', 'Was es sagt', 'Was daraus wird'],
  },

  stored: {
    lead: 'Hier steht alles davon. Keine Zeile steht für einen Besucher, einen Besuch oder ein Ereignis: Jede ist eine Summe über alle. Es gibt drei Tabellen.',
    columns: ['Spalte', 'Was sie sagt', 'Beispiel'],
    elsewhere: 'Anderswo',
    places: ['Wo', 'Was', 'Wie lange'],
  },

  attributes: {
    lead: (counts) =>
      rich`Eine Zeile von ${counts('counts')} sagt, wie oft ein Wert eines Merkmals an einem Tag gezählt wurde. Die letzte Spalte sagt, wie oft ein Wert innerhalb eines Kalendermonats kommen muss, bevor sein Name geschrieben wird.`,
    head: ['Merkmal', 'Woraus es entsteht', 'Beispiel', 'Benannt ab'],
    times: (n) => `${sayCount(n)}-mal`,
    notHere: 'Hier nicht gezählt',
    pairs: (pairs) =>
      `Diese Paare werden zusammen gezählt, sobald beide Werte einen Namen haben: ${pairs.join(', ')}. In einer Zeile stehen nie mehr als zwei Merkmale.`,
    queryParameters: (values) => rich`Parameter von Adressen, die in der Seite bleiben: ${values('keine.')}`,
    properties: (values) => rich`Ereigniseigenschaften, die diese Website zählt: ${values('keine.')}`,
    pathPatterns: (values) => rich`Teile von Pfaden, die diese Website zusätzlich verbirgt: ${values('keine.')}`,
    pathExceptions: (values) =>
      rich`Teile von Pfaden, die diese Website zeigt, obwohl sie persönlich aussehen: ${values('keine.')}`,
    hosts: (values) => rich`Hosts, deren Seiten gezählt werden: ${values('keine.')}`,
  },

  never: 'Nichts davon wird gespeichert, protokolliert oder in eine Fehlermeldung geschrieben:',

  fives: {
    example: (k) =>
      `Hier ist k ${k}. Angenommen, eine Seite wird zum ersten Mal in diesem Monat aufgerufen. Nichts Lesbares davon wird geschrieben: Es gibt einen Hash mit Schlüssel und die Zahl 1. Mit dem ${ks[k].ordinal}n Aufruf rücken der Name der Seite und die Zahl ${k} gemeinsam weiter, und erst wenn ${ks[k].one} weitere Besuche gekommen sind, erreichen sie die Datenbank, sodass niemand sie mit einem Besuch verbinden kann. Die nächste Zahl, die dort stehen kann, ist ${2 * k}.`,
    rest: (k) =>
      `Was bis zum Ende des Monats nicht ${ks[k].one}mal gezählt wurde, wird ohne seinen Namen zusammengezählt, als „(other)“, wieder in ganzen ${ks[k].many}n, und der Schlüssel der Hashes wird vernichtet.`,
    freeText: (attributes) =>
      `Texte, die ein Link oder die Website frei wählen kann, müssen doppelt so oft kommen: ${sayList(attributes)}, und Quellen, die ein solcher Text sind.`,
    profile: (label) => `Das Profil dieser Website ist „${label}“.`,
    strata: (of, atLeast) =>
      `Land und Browserfamilie eines Besuchs werden zusammen mit dem Zähler zu einer von ${of} Schichten gehasht, und ein Text wird erst geschrieben, wenn er in ${atLeast} davon gezählt wurde: Was aus einem Browser in einem Land kommt, behält seinen Text für sich, wie oft es auch kommt. Da der Zähler Teil des Hashs ist, lassen sich Schichten verschiedener Zähler nicht vergleichen.`,
    atMidnight: 'Was hinausdarf, geht einmal am Tag in die Datenbank, in der Stunde nach Mitternacht.',
    timezone: (timezone) => `Stunden und Tage sind die der Zeitzone ${timezone}.`,
  },

  periods: {
    head: ['Frist', 'Was geschieht', 'Nach', 'In Kraft seit'],
    anonymization: 'Anonymisierung',
    generalized: (month, day) =>
      `Stunden werden zu Tagen, benannte Zählungen zu Monaten. Was im ${month} gezählt wird: am ${day}`,
    fromEnd: (days) => `${plural(days, 'Tag', 'Tagen')} ab dem Ende des Monats`,
    retention: 'Aufbewahrung',
    ended: (month, day) => `Alles davon endet. Was im ${month} gezählt wird: am ${day}`,
    fromBeginning: (days) => `${plural(days, 'Tag', 'Tagen')} ab dem Beginn des Monats`,
    notOnRecord: 'Nicht verzeichnet',
    beingPutInForce: 'Wird gerade in Kraft gesetzt',
    offTheDisk:
      'Was geendet hat, lässt sich von diesem Tag an nicht mehr lesen. Von der Festplatte ist es etwa 75 Minuten später verschwunden, zuzüglich der Zeit, die die Datenbank zum Zusammenführen braucht. Fristen lassen sich für schon Gezähltes verkürzen, nie verlängern.',

    oldest: 'Die ältesten Zeilen jetzt',
    silent: 'Die Datenbank antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal.',
    tables: ['Tabelle', 'Älteste lesbare', 'Älteste auf der Festplatte', 'Endet als Nächstes'],
    noRow: 'Keine Zeile',
    noneReplaced:
      'Keine ersetzte Datei eines früheren Monats wartet noch auf ihre Entfernung; die dieses Monats werden ersetzt, während Zählungen kommen, und binnen Minuten entfernt.',
    replaced: (month) =>
      `Ersetzte Dateien warten noch auf ihre Entfernung, eine Sache von Minuten. Die älteste enthält Zeilen aus dem ${month}, von dieser Website oder von einer anderen, die hier gezählt wird.`,
    read: (moment) =>
      `Gelesen am ${moment}. Was jünger als zwei Tage ist, erscheint hier nicht, damit niemand Besuche kommen sehen kann.`,

    changes: 'Löschungen und Änderungen',
    lastDeletion: (act, moment) => `Die letzte durch einen Betreiber: ${act}, ${moment}.`,
    noDeletion: 'Kein Betreiber hat etwas vor Ablauf der Fristen gelöscht oder anonymisiert.',
    byDatabase: 'Die Datenbank selbst löscht jede Stunde, was sein Datum erreicht hat.',
    ledgerSilent: 'Was geändert wurde, lässt sich gerade nicht lesen. Versuchen Sie es in einer Minute noch einmal.',
    log: ['Wann', 'Was geändert wurde'],
    acts: {
      added: 'Die Website wurde hinzugefügt',
      changed: 'Geändert',
      shortened: 'Verkürzt, auch für schon Gezähltes',
      lengthened: 'Verlängert, für alles von da an Gezählte',
      anonymized: 'Alle Zählungen wurden vor Ablauf ihrer Frist anonymisiert',
      deleted: 'Alle Zählungen wurden gelöscht',
    },
    settings: {
      domain: 'Name',
      hosts: 'Hosts',
      timezone: 'Zeitzone',
      k: 'k',
      profile: 'Profil',
      anonymizationDays: 'Anonymisierungsfrist',
      retentionDays: 'Aufbewahrungsfrist',
      queryParameters: 'Parameter, die bleiben',
      properties: 'Ereigniseigenschaften',
      pathPatterns: 'Pfadmuster',
      pathExceptions: 'Pfadausnahmen',
      browserFamilies: 'Browserfamilien',
      controller: 'Verantwortlicher',
      processors: 'Auftragsverarbeiter',
      public: 'wer die Statistik lesen darf',
      goals: 'Ziele',
    },
    actOn: (act, settings) => `${act}: ${sayList(settings)}`,
    ofNoRows: (act) => `${act} (es gab keine)`,
    ofRows: (act, before, after) => `${act} (aus ${plural(before, 'Zeile', 'Zeilen')} wurden ${sayCount(after)})`,
  },

  responsible: {
    controller: 'Verantwortlicher',
    unsaid: (site) => `${site} hat es hier nicht gesagt. Die Datenschutzerklärung der Website sollte es.`,
    processors: 'Auftragsverarbeiter und wo sie sind',
    none: 'Keiner wurde genannt.',
  },

  refuse: {
    how: (command) =>
      rich`Schalten Sie in Ihrem Browser Global Privacy Control oder Do Not Track ein: Dann sendet das Skript nichts, und der Collector würde nichts zählen. Oder öffnen Sie auf der Website die Konsole Ihres Browsers und führen Sie ${command('localStorage.sundial_ignore = 1')} aus. Da nichts, was aufbewahrt wird, mit Ihnen verbunden ist, gibt es danach nichts von Ihnen zu finden, zu berichtigen oder zu löschen.`,
    reasons:
      'Eine Nachricht wird nur aus diesen Gründen beantwortet und nicht gezählt, abgesehen von einer, die sich nicht lesen lässt:',
    reason: ['Grund', 'Was er bedeutet'],
    owner: (k) =>
      `Von einem Teil davon sieht, wem die Website gehört, wie oft es kam, nach Grund und Stunde, in ganzen ${ks[k].many}n und nie von wem. Von denen, die widersprochen haben, wird überhaupt nichts gezählt:`,
    countedAs: ['Gezählt als', 'Was es bedeutet'],
    limit: (perMinute) =>
      `Mehr als ${perMinute} Nachrichten pro Minute von einer Adresse für eine Website werden abgelehnt, wenn der Betreiber keine andere Zahl festgelegt hat.`,
  },

  limits: 'Was all das nicht abdeckt:',

  check: (json, file) =>
    rich`Dasselbe als Daten: ${json(file)}. Darin steht ein Hash aller Tabellen und Spalten; wer in die Datenbank sehen darf, kann ihn vergleichen. Sundial ist quelloffen.`,

  preview: {
    title: (site) => `Was Ihr Browser an ${site} senden würde`,
    heading: 'Was Ihr Browser jetzt senden würde',
    lead: (site, bold) =>
      rich`Hier läuft genau das Skript, das in den Seiten von ${site} steckt, mit einem Unterschied: Was es senden würde, wird stattdessen gezeigt. Die Zähler stammen aus dem Code des Collectors selbst, und auch der läuft in Ihrem Browser. ${bold('Nichts verlässt Ihren Browser')}: Die Sicherheitsrichtlinie dieser Seite verbietet ihren Skripten jede Verbindung.`,
    wait: 'Bleiben Sie zehn Sekunden hier, oder wechseln Sie in einen anderen Tab und zurück: Was dann gesendet würde, erscheint ebenfalls unten.',
    noScript: 'Diese Seite braucht JavaScript',
    soDoesCounting: (page) =>
      rich`Das Zählen auch: Ohne JavaScript sendet Ihr Browser nichts an dieses Sundial und wird nicht gezählt. ${page('Was aufbewahrt wird')} lässt sich auch ohne lesen.`,
    unknown: (code) =>
      rich`Was diese Seite nicht wissen kann: ob Sie in diesem Browser auf der Website ${code('sundial_ignore')} gesetzt haben, sodass sie dann nichts sendet, und wie das Tag der Website eingestellt ist. Gezeigt wird das einfache Skript, das nichts auf Ihrem Gerät speichert; mit ${code('data-session="tab"')} behält es aktive Sekunden, den ersten Referrer und die Adresse der Einstiegsseite samt Query im sessionStorage, bis der Tab geschlossen wird, und sendet sie weiter. Von dieser Adresse, die mit Ereignissen gesendet wird, behält der Collector nur den Pfad und die Quelle.`,
  },
}
