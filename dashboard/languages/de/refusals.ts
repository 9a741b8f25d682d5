// Why settings of a site are refused, as its forms say it. In German.
import { K, PERIODS, PROFILE_NAMES, PROFILES } from '../../../collector/contract.ts'
import {
  type SettingList,
  type SettingText,
  SHORTEST_RETENTION,
  type SiteRefusal,
} from '../../../collector/site_refusals.ts'
import { FORMATS } from '../format.ts'
import { declaration } from './declaration.ts'

const { sayList } = FORMATS.de
const { anonymization, retention } = PERIODS

export function sayRefused(refusal: SiteRefusal): string {
  switch (refusal.problem) {
    case 'host': {
      const advice =
        refusal.meant === undefined
          ? `zum Beispiel example.com, nicht „${refusal.given}“`
          : `hier also ${refusal.meant}, nicht „${refusal.given}“`
      return `Eine Domain oder ein Host ist ein bloßer Name, ohne Schema, Port und Pfad, ${advice}.`
    }
    case 'time zone':
      return `Die Zeitzone ist ein Name der IANA, zum Beispiel Europe/Paris, nicht „${refusal.given}“.`
    case 'k':
      return `Als kleinste Zahl gibt es nur ${sayList(K.choices.map(String))}.`
    case 'profile':
      return `Als Profil gibt es nur ${sayList(PROFILE_NAMES.map((name) => declaration.profiles[name].label))}.`
    case 'anonymization':
      return `Die Anonymisierungsfrist beträgt ${anonymization.min} bis ${anonymization.max} ganze Tage.`
    case 'retention':
      return `Die Aufbewahrungsfrist beträgt ${SHORTEST_RETENTION} bis ${retention.max} ganze Tage.`
    case 'periods':
      return `Die Aufbewahrungsfrist muss um mehr als ${retention.exceedsAnonymizationBy} Tage länger sein als die Anonymisierungsfrist, bei ${refusal.anonymizationDays} Tagen also länger als ${refusal.anonymizationDays + retention.exceedsAnonymizationBy}, nicht ${refusal.retentionDays}.`
    case 'profile needs more':
      return `Das Profil „${declaration.profiles[refusal.profile].label}“ zählt in ganzen Vielfachen von ${PROFILES[refusal.profile].minimumK} oder mehr, nicht von ${refusal.k}.`
    case 'query parameter':
      return `Ein Query-Parameter hat 1 bis 32 Buchstaben, Ziffern, „_“, „-“ oder „.“; „${refusal.given}“ ist keiner.`
    case 'feeds sources':
      return `Aus dem Query-Parameter ${refusal.given} werden Quellen und Kampagnen, deshalb kann er nicht in der Seite bleiben.`
    case 'property':
      return `Eine Eigenschaft hat 1 bis 32 Kleinbuchstaben, Ziffern, „_“ oder „-“ und für Zahlen deren Grenzen, wie in amount:10,50,100; „${refusal.given}“ ist keine.`
    case 'property twice':
      return 'Eine Eigenschaft wird nur einmal angegeben.'
    case 'path pattern':
      return `Ein Pfadmuster sieht aus wie /u/:name/posts: Wörter, „:name“ oder „*“ zwischen einfachen Schrägstrichen, höchstens ein „**“ am Ende, so wie sich der Pfad liest (ohne %, ? und #); „${refusal.given}“ ist keines.`
    case 'e-mail in path':
      return 'Eine E-Mail-Adresse in einem Pfad wird immer verborgen, deshalb kann kein Muster eine enthalten.'
    case 'placeholder in exception':
      return `In einer Ausnahme bleiben Segmente, wie sie sind; schreiben Sie deshalb „*“ für ein beliebiges, nicht „${refusal.given}“.`
    case 'goal':
      return `Ein Ziel ist der Name eines eigenen Ereignisses, etwa signup, oder eine Seite, etwa /thanks oder /docs/* („*“ nur am Ende); „${refusal.given}“ ist keines.`
    case 'nameless processor':
      return 'Ein Auftragsverarbeiter hat einen Namen.'
    case 'browser families':
      return 'Browserfamilien sind an oder aus.'
    case 'public':
      return 'Eine Website ist öffentlich oder nicht.'
    case 'too many':
      return `Eine Website hat höchstens ${refusal.most} ${LISTS[refusal.of]}.`
    case 'too long':
      return `${TEXTS[refusal.what]} hat höchstens ${refusal.longest} Zeichen.`
    case 'invisible':
      return `${TEXTS[refusal.what]} enthält ein unsichtbares Zeichen.`
    case 'host taken':
      return refusal.by === undefined
        ? `${refusal.host} ist schon ein Host einer anderen Website.`
        : `${refusal.host} ist schon ein Host von ${refusal.by}.`
    case 'site is there':
      return `Eine Website ${refusal.domain} gibt es schon.`
    case 'no site':
      return `Eine Website ${refusal.domain} gibt es nicht.`
    case 'unusable':
      return `Die Einstellungen von ${refusal.domain} sind unbrauchbar; entfernen Sie die Website und fügen Sie sie neu hinzu.`
  }
}

const LISTS: Record<SettingList, string> = {
  hosts: 'Hosts',
  queryParameters: 'Query-Parameter',
  properties: 'Eigenschaften',
  pathPatterns: 'Pfadmuster',
  pathExceptions: 'Ausnahmen für Pfade',
  processors: 'Auftragsverarbeiter',
  goals: 'Ziele',
}

const TEXTS: Record<SettingText, string> = {
  'path pattern': 'Ein Pfadmuster',
  processor: 'Ein Auftragsverarbeiter',
  controller: 'Die Angabe, wer verantwortlich ist,',
  goal: 'Ein Ziel',
}
