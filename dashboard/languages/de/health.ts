// The health of a site: what comes in, the look at its own page, what was not counted, the reader's own browser. In German.
import type { HealthWords } from '../en/health.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { plural, sayCount, sayList } = FORMATS.de

export const health: HealthWords = {
  title: 'Zustand',

  comesIn: {
    title: 'Was ankommt',
    nothingEver: 'Hier wurde noch nie etwas gezählt.',
    visits: (n, running) =>
      `${plural(n, 'Besuch', 'Besuche')} in den letzten 24 Stunden, davon ${sayCount(running)} in der laufenden Stunde.`,
    none: 'Kein Besuch in den letzten 24 Stunden.',
    last: (from, to, timezone) => `Der letzte kam zwischen ${from} und ${to} (${timezone}).`,
    twoDays: (pageviews, events) =>
      `Gestern und heute: ${plural(pageviews, 'Seitenaufruf', 'Seitenaufrufe')}, ${plural(events, 'Ereignis', 'Ereignisse')}. Wann genau etwas kam, weiß niemand: Feiner als die Stunde gibt es nichts.`,
    byHour: (visits) => `Besuche nach Stunde: ${visits.join(', ')}`,
    inHour: (hour, visits) => `${hour}: ${plural(visits, 'Besuch', 'Besuche')}`,
  },

  script: {
    title: 'Das Skript auf Ihrer Seite',
    meaning: (domain) =>
      `Ruft die Startseite von ${domain} einmal ab, als Roboter ohne Cookies, und liest, ob das Skript dort laufen kann. Davon wird nichts aufbewahrt.`,
    lookedAt: (page, code) => rich`Geprüft: ${code(page)}`,
    tag: 'Das Tag dieser Website, für den Kopf jeder Seite:',
    look: 'Seite prüfen',
    lookWhether: 'Nachsehen, ob es da ist',
    lookAgain: 'Noch einmal prüfen',
    busy: 'In diesem Augenblick prüft sie schon jemand. Versuchen Sie es in einigen Sekunden noch einmal.',
    states: { good: 'Richtig:', bad: 'Falsch:', note: 'Hinweis:' },
  },

  findings: {
    quote: (text) => `„${text}“`,
    notReached: (host, problem) => `${host}: ${problem}.`,
    cut: 'Die Seite ist länger als 1 MB; nur ihr Anfang wurde geprüft.',
    tagMissing: 'Das Skript-Tag steht nicht in dieser Seite.',
    tagThere: 'Das Skript-Tag steht in dieser Seite.',
    tagTwice: 'Es steht mehr als einmal darin: Jeder Besuch zählt ebenso oft.',
    ownHost: (host) => `Es nennt keine Domain, also zählt ${host}, und das gehört zu dieser Website.`,
    noDomain: (domain) => `Es nennt keine Domain: Ergänzen Sie data-domain="${domain}".`,
    countsFor: (domain) => `Es zählt für ${domain}.`,
    countsForHost: (quoted) => `Es zählt für ${quoted}, einen der Hosts dieser Website.`,
    otherSite: (quoted, domain) => `Es zählt für eine andere Website: data-domain ist ${quoted}, nicht „${domain}“.`,
    plainHttp: 'Es wird über http:// von einer Seite über https:// geladen, und das lehnen Browser ab.',
    sendsTo: (quoted) => `Es sendet an ${quoted}, weil data-api das so sagt.`,
    loadedFrom: (origin) => `Es wird von ${origin} geladen.`,
    loadedByProxy: (quoted, expected) =>
      `Es wird von ${quoted} geladen, nicht von ${expected}. Das ist richtig, wo ein Proxy der Website hierher führt.`,
    loadedElsewhere: (quoted, expected) =>
      `Es wird von ${quoted} geladen, nicht von ${expected}. Ist das dieses Sundial?`,
    noscript: 'Es steht in <noscript>, wo es nie läuft.',
    noSrc: 'Es hat kein src: Ein Einwilligungs-Tool lädt es erst, wenn Besucher zustimmen.',
    type: (quoted) => `Sein type ist ${quoted}, also wartet es, bis etwas das ändert.`,
    rocketLoader: (quoted) =>
      `Sein type ist ${quoted}, also wartet es, bis etwas das ändert. Das macht Rocket Loader von Cloudflare; data-cfasync="false" im Tag hält es davon fern.`,
    heldBack: (tool) =>
      `${tool ?? 'Ein Einwilligungs-Tool'} scheint es zurückzuhalten, bis Besucher zustimmen. Es setzt kein Cookie und speichert nichts auf einem Gerät, außer wenn im Tag data-session="tab" steht; ob es warten muss, entscheiden Sie.`,
    tagManager: (manager) =>
      `Die Seite hat ${manager ?? 'einen Tag-Manager'}. Das Skript kann darüber später noch hinzukommen; diese Prüfung sieht das nicht.`,
    mayBeElsewhere:
      'Vielleicht fehlt es nur in dieser Seite, oder ein Skript fügt es hinzu. Diese Prüfung liest die Seite so, wie sie gesendet wird.',
    mayRun: 'Die Content-Security-Policy der Seite lässt das Skript laufen.',
    mayNotRun: (origin) =>
      `Die Content-Security-Policy der Seite lässt das Skript nicht laufen: Ergänzen Sie ${origin} bei script-src.`,
    maySend: 'Die Content-Security-Policy der Seite lässt es senden.',
    mayNotSend: (origin) =>
      `Die Content-Security-Policy der Seite lässt es nicht senden: Ergänzen Sie ${origin} bei connect-src.`,
  },

  notCounted: {
    title: 'Was in sieben Tagen nicht gezählt wurde',
    byHour: 'Nach Stunden',
    nothing: (k) => `Nichts, was nicht gezählt wurde, kam ${general.ks[k].one}mal.`,
    explained: (k) =>
      `In ${general.ks[k].many}n gezählt. Ereignisse, die eine Domain nennen, zu der es keine Website gibt, werden nirgends gezählt: Die Prüfung Ihrer Seite findet sie.`,
  },

  ownBrowser: {
    title: 'Ihr eigener Browser',
    silent:
      'Ihr Browser sendet weder Global Privacy Control noch Do Not Track. Ihre eigenen Besuche zählen also wie alle anderen, wenn nichts in ihm das Skript blockiert.',
    objects: (signals, domain) =>
      `Ihr Browser sendet ${sayList(signals)}. Ihre eigenen Besuche auf ${domain} werden also nicht gezählt und sind hier nirgends zu sehen. So soll es sein: Wer widerspricht, bleibt außen vor. Um die Website auszuprobieren, öffnen Sie sie in einem Browser, der das nicht sendet.`,
  },
}
