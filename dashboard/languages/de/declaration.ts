// What Sundial says of itself in plain words, by the keys of the data contract. In German.
import type { DeclarationWords } from '../en/declaration.ts'

export const declaration: DeclarationWords = {
  received: {
    n: {
      says: 'Was geschehen ist: Eine Seite wurde aufgerufen, aktive Zeit wird gemeldet, oder der Name eines Ereignisses der Website',
      becomes: 'Entscheidet, was gezählt wird. Der Name eines Ereignisses wird zum Merkmal „Ereignis“.',
    },
    u: {
      says: 'Adresse der Seite',
      becomes:
        'Ihr Pfad wird zu den Merkmalen „Seite“ und „Einstiegsseite“; was darin persönlich aussieht, wird durch Platzhalter ersetzt. Kampagnenparameter, ref und source werden zu den Merkmalen für Quelle und Kampagne; dass dort die Klick-ID eines Werbetreibenden steht, macht den Kanal zu „Paid“, die ID selbst wird verworfen. Parameter, die die Website ausgewählt hat, bleiben in der Seite. Der Rest der Query wird verworfen, ebenso das Fragment, wo es nicht die Adresse einer Seite ist.',
    },
    d: {
      says: 'Die Website, wie ihr Skript-Tag sie nennt',
      becomes: 'Findet die Einstellungen der Website, dann verworfen. Zählungen tragen die Nummer der Website.',
    },
    r: {
      says: 'Woher Sie kamen, soweit Ihr Browser es sagt',
      becomes:
        'Der registrierte Teil des Hosts wird zu einem Namen und einem Kanal, den Merkmalen „Quelle“ und „Kanal“. Der Rest wird verworfen.',
    },
    p: {
      says: 'Eigenschaften eines Ereignisses der Website',
      becomes:
        'Die von der Website angegebenen werden zum Merkmal „Ereigniseigenschaft“, Zahlen in Intervallen. Alle anderen werden verworfen.',
    },
    s: {
      says: 'Sundials eigene Felder, die nächsten sechs Zeilen; andere Zählskripte senden keine',
      becomes: 'Feld für Feld gelesen, wie unten.',
    },
    's.v': {
      says: '1, wenn mit diesem Seitenaufruf ein Besuch beginnt',
      becomes: 'Entscheidet, ob ein Besuch gezählt wird, dann verworfen.',
    },
    's.r': {
      says: '1, wenn die Seite neu geladen wurde oder durch Zurück oder Vorwärts kam',
      becomes: 'Entscheidet, dass nur Gesamtzahlen gezählt werden, dann verworfen.',
    },
    's.e': {
      says: '1, wenn der Besuch aktiv wurde',
      becomes: 'Erhöht die aktiven Besuche um eins, dann verworfen.',
    },
    's.g': {
      says: 'Sekunden, in denen die Seite zu sehen und im Fokus war: vorher gemeldet, und jetzt',
      becomes: 'Werden zu den Grenzen, die überschritten wurden, etwa 10 s und 30 s. Die Sekunden werden verworfen.',
    },
    's.t': {
      says: 'Dasselbe für den ganzen Besuch',
      becomes: 'Werden zu den Grenzen, die überschritten wurden. Die Sekunden werden verworfen.',
    },
    's.l': {
      says: 'Adresse der Seite, auf der der Besuch begann; nur bei Ereignissen der Website. Wo im Skript-Tag der Website data-session="tab" steht, behält Ihr Browser sie samt Query im sessionStorage, bis der Tab geschlossen wird',
      becomes:
        'Ihr Pfad wird zum Merkmal „Einstiegsseite“ des Ereignisses, behandelt wie der einer Seite; was ihre Query über die Herkunft des Besuchs sagt, wird zu Quelle und Kanal des Ereignisses. Der Rest wird verworfen.',
    },
  },
  request: {
    address: {
      says: 'Wohin die Antwort gehen soll',
      becomes:
        'Ihr Land wird nachgeschlagen (wo Sundial bei Cloudflare läuft, nennt es deren Netz), und ein Hash von ihr mit Schlüssel begrenzt Anfragen, im Arbeitsspeicher und höchstens eine Minute lang. Dann wird sie verworfen: nie gespeichert, nie protokolliert.',
    },
    proxiedAddress: {
      says: 'Dieselbe Adresse, wo ein Proxy des Betreibers davorsteht',
      becomes: 'Wie oben.',
    },
    country: {
      says: 'Das Land, wo ein solcher Proxy es kennt (den Namen des Headers wählt der Betreiber)',
      becomes: 'Wird zum Merkmal „Land“.',
    },
    agent: {
      says: 'Wie der Browser sich selbst nennt',
      becomes:
        'Entscheidet, ob es ein Roboter ist, und, wo die Website Browserfamilien zählt, welche Familie es ist; im strengen Profil werden Familie und Land zusammen zu einer von 16 Schichten gehasht. Urteile bleiben im Arbeitsspeicher, ohne Bezug zu einer Website, einer Zeit oder einem Ereignis. Dann verworfen.',
    },
    brand: {
      says: 'Die Marke des Browsers',
      becomes: 'Entscheidet, ob es ein automatisierter Browser ist, dann verworfen.',
    },
    objection: {
      says: 'Global Privacy Control und Do Not Track',
      becomes: 'Sagt eines davon 1, wird nichts gezählt.',
    },
    prefetch: {
      says: 'Ob die Seite nur im Voraus geladen wurde',
      becomes:
        'Wenn ja, wird kein Besuch und kein Seitenaufruf gezählt, nur dass etwas im Voraus geladen wurde. Dann verworfen.',
    },
    length: {
      says: 'Wie lang die Nachricht ist',
      becomes: 'Weist ab, was zu lang ist, dann verworfen.',
    },
  },
  address: 'IP-Adresse',
  tables: {
    hours: {
      keeps: 'Besuche nach Website und Stunde in der Zeitzone der Website, bis zum Tag der Anonymisierung',
    },
    days: {
      keeps: 'Besuche, Seitenaufrufe, aktive Besuche und Ereignisse nach Website und Tag in der Zeitzone der Website',
    },
    counts: {
      keeps:
        'Zählungen nach Merkmalen in ganzen Vielfachen von k nach Website und Tag, ab dem Tag der Anonymisierung nach Monat',
    },
  },
  columns: {
    site: { means: 'Nummer der Website in diesem Sundial' },
    metric: { means: 'Was gezählt wird' },
    dimension: { means: 'Das Merkmal, nach dem gezählt wird' },
    dimension2: { means: 'Ein zweites Merkmal, nur bei festgelegten Paaren; sonst leer' },
    value: { means: 'Der Wert des Merkmals' },
    value2: { means: 'Der Wert des zweiten Merkmals; sonst leer' },
    month: { means: 'Erster Tag des Monats' },
    day: { means: 'Tag in der Zeitzone der Website' },
    hour: { means: 'Stunde dieses Tages: Keine Zeit ist feiner' },
    visits: { means: 'Wie viele Besuche begannen, genau' },
    pageviews: { means: 'Wie viele Seiten aufgerufen wurden, genau' },
    engaged: { means: 'Wie viele Besuche aktiv wurden, genau' },
    events: { means: 'Wie viele eigene Ereignisse der Website, genau' },
    n: { means: 'Wie oft, ein ganzes Vielfaches von k' },
    generalize_on: { means: 'Von diesem Tag an werden Stunden zu Tagen und Tage zu Monaten' },
    expire_on: { means: 'Von diesem Tag an gibt es die Zeile nicht mehr' },
  },
  elsewhere: {
    waiting: {
      place: 'Wartende Zählungen',
      keeps:
        'Was noch nicht k-mal gezählt wurde: dafür je ein Hash mit Schlüssel von 16 Byte und eine kleine Zahl, kein Text, kein Tag; im strengen Profil auch, in welchen von 16 Schichten es gezählt wurde, je ein Bit. Und Zählungen auf dem Weg in die Tabellen.',
      until: 'Bis zum Ende des Kalendermonats, wenn der Schlüssel der Hashes vernichtet wird',
    },
    journal: {
      place: 'Schreibprotokoll',
      keeps:
        'Was die Nachrichten eines Augenblicks hinzugefügt haben, damit es bei keinem Stromausfall verloren geht: dieselben Hashes in der Reihenfolge der Hashes, und Gesamtzahlen. Auf einer ruhigen Website enthält ein Augenblick eine Nachricht.',
      until: 'Höchstens eine Minute, solange der Collector läuft',
    },
    settings: {
      place: 'Einstellungen',
      keeps: 'Wie diese Website gezählt wird, und was wann geändert wurde. Nichts von irgendeinem Besucher.',
      until: 'Bis der Betreiber sie entfernt; was geändert wurde, bleibt verzeichnet',
    },
    memory: {
      place: 'Nur im Arbeitsspeicher',
      keeps:
        'Ein Hash der Adresse mit Schlüssel, um Anfragen zu begrenzen; Urteile über Namen von Browsern, ohne Bezug zu einer Website, einer Zeit oder einem Ereignis',
      until: 'Der Hash eine Minute; die Urteile, bis sie verdrängt werden',
    },
  },
  dimensions: {
    page: {
      label: 'Seite',
      from: 'URL der Seite: ihr Pfad; Query und Fragment werden verworfen, persönlich aussehende Teile werden Platzhalter',
    },
    entry_page: {
      label: 'Einstiegsseite',
      from: 'URL der Seite, auf der ein Besuch beginnt, behandelt wie eine Seite',
    },
    source: {
      label: 'Quelle',
      from: 'Host des Referrers, wie er registriert wurde, oder utm_source, ref oder source in der URL; der Rest des Referrers wird verworfen',
    },
    channel: { label: 'Kanal', from: 'Quelle und utm_medium, einem aus einer geschlossenen Liste zugeordnet' },
    utm_source: { label: 'Kampagnenquelle', from: 'utm_source in der URL' },
    utm_medium: { label: 'Kampagnenmedium', from: 'utm_medium in der URL' },
    utm_campaign: { label: 'Kampagne', from: 'utm_campaign in der URL' },
    utm_term: { label: 'Kampagnenbegriff', from: 'utm_term in der URL' },
    utm_content: { label: 'Kampagneninhalt', from: 'utm_content in der URL' },
    country: { label: 'Land', from: 'IP-Adresse der Anfrage: ihr Land; die Adresse wird dann verworfen' },
    event: { label: 'Ereignis', from: 'Name eines eigenen Ereignisses' },
    property: {
      label: 'Ereigniseigenschaft',
      from: 'eine Eigenschaft eines eigenen Ereignisses, die die Website angegeben hat, als name=wert',
    },
    hour: { label: 'Stunde des Tages', from: 'Zeit der Anfrage in der Zeitzone der Website: ihre Stunde' },
    page_interval: {
      label: 'Aktive Zeit eines Seitenaufrufs',
      from: 'aktive Sekunden, die der Browser für einen Seitenaufruf meldet: die Grenzen, die sie überschritten haben',
    },
    session_interval: {
      label: 'Aktive Zeit eines Besuchs',
      from: 'aktive Sekunden, die der Browser für eine Sitzung meldet: die Grenzen, die sie überschritten haben',
    },
    browser: {
      label: 'Browserfamilie',
      from: 'User-Agent: eine aus einer geschlossenen Liste von Familien ohne Versionen; der User-Agent wird dann verworfen',
    },
    reason: {
      label: 'Grund des Nichtzählens',
      from: 'was nicht gezählt wurde, etwa die Anfrage eines Roboters: warum, aus einer geschlossenen Liste',
    },
    dropped_hour: {
      label: 'Stunde des Nichtzählens',
      from: 'Zeit dessen, was nicht gezählt wurde, in der Zeitzone der Website: ihre Stunde',
    },
  },
  profiles: {
    standard: { label: 'Standard', meaning: 'Alles, was im Datenvertrag steht, in Fünfern oder mehr gezählt.' },
    strict: {
      label: 'Streng',
      meaning:
        'In Zehnern oder mehr gezählt, benannt erst, wenn Besuche von mindestens drei Arten (nach Land und Browserfamilie) kamen, einmal am Tag nach Mitternacht gesendet; keine Kampagnen, Quellen nur als Hosts.',
    },
    cnil: {
      label: 'CNIL',
      meaning:
        'Was die französische Ausnahme für die Reichweitenmessung verlangt: keine Kampagnen, keine Ereignisse nach Quelle, Quellen nur als Hosts.',
    },
  },
  dropReasons: {
    unknown_site: 'Die Domain im Ereignis ist keine Website dieses Sundial',
    foreign_host: 'Der Host der Seite ist keiner der Hosts der Website',
    opted_out: 'Der Browser hat Global Privacy Control oder Do Not Track gesendet',
    bot: 'Der User-Agent fehlt oder ist der eines Roboters, der Browser ist automatisiert, oder die Seite wurde nur im Voraus geladen',
    reserved_event: 'Der Name des Ereignisses ist Sundials eigenen Meldungen vorbehalten',
    nothing_to_count: 'Die Meldung hat keine Grenze eines Intervalls überschritten',
  },
  dropped: {
    bot_agent: 'Anfragen von Robotern, nach ihrem User-Agent',
    bot_headless: 'Anfragen automatisierter Browser',
    bot_no_agent: 'Anfragen ohne User-Agent',
    bot_unseen: 'Seiten, die nur im Voraus geladen oder als Vorschau gezeigt wurden',
    foreign_host: 'Ereignisse von Seiten auf anderen Hosts',
    reserved_event: 'Ereignisse mit einem reservierten Namen',
    undeclared_property: 'Ereignisse mit Eigenschaften, die die Website nicht angegeben hat',
    not_a_number: 'Ereignisse mit einem Text, wo die Website eine Zahl angegeben hat',
  },
  never: {
    addresses: 'IP-Adressen oder irgendetwas, das aus einer berechnet wird, außer dem Land',
    cookies: 'Cookies oder irgendeine Kennung auf Ihrem Gerät',
    identifiers: 'Kennungen von Personen, Besuchen, Sitzungen oder Ereignissen; Hashes von Personen; Fingerprints',
    devices: 'Namen von Browsern mit Versionen, Betriebssysteme, Geräte, Bildschirme, Sprachen',
    places: 'Städte, Regionen oder Koordinaten: Das Land ist der genaueste Ort',
    times: 'Zeiten, die feiner sind als die Stunde, Dauern in Sekunden',
    paths: 'Angaben dazu, welche Seiten ein einzelner Besucher aufgerufen hat oder in welcher Reihenfolge',
    gestures:
      'Texte, die Sie tippen, Stellen, an denen Sie den Zeiger bewegen oder klicken, Aufzeichnungen Ihres Bildschirms',
    queries:
      'Referrer über ihren Host hinaus, Querys über Kampagnenparameter und die von der Website ausgewählten hinaus, Fragmente über solche hinaus, die die Adresse einer Seite sind',
    crossSite: 'Daten über mehrere Websites hinweg',
  },
  limits: {
    fives: 'Fünfer sind Besuche oder Aufrufe, keine Menschen. Ein Mensch kann alle fünf sein.',
    totals:
      'Gesamtzahlen tragen kein Merkmal und sind genau. Eine Stunde, in der ein Besuch kam, zeigt, dass ein Besuch kam, und wer die Zahlen live verfolgt, sieht, dass er kam.',
    madeUp: 'Wer erfundene Ereignisse sendet und die Zahlen beobachtet, kann erfahren, ob auch andere kamen.',
    guesses:
      'Wer sowohl das Geheimnis der Hashes als auch die wartenden Zählungen hat, kann Vermutungen darüber prüfen, was wartet.',
    address:
      'Der Collector sieht Ihre IP-Adresse für die Millisekunden einer Anfrage. Ohne das funktioniert das Internet nicht.',
    provider:
      'Ein Hosting-Anbieter führt eigene Protokolle und eine eigene Historie. Cloudflare zum Beispiel kann seine Datenbanken um 30 Tage zurückversetzen.',
    backups:
      'Eine Sicherung, die der Betreiber angelegt hat, behält, was seitdem geendet hat, bis sie gelöscht wird. Wird sie zurückgespielt, endet das wieder, bevor jemand es lesen kann.',
  },
}
