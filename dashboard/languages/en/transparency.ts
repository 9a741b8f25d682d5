// The public pages about a site: what is received, kept and never kept, and the preview. What of it stands beside the data
// contract is in declaration.ts, what the preview's script says in preview.ts. In English.
import type { K } from '../../../collector/contract.ts'
import type { LedgerAction } from '../../../collector/ledger.ts'
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'
import { general } from './general.ts'
import type { SettingName } from './settings.ts'

const { sayCount, sayList, plural } = FORMATS.en
const { ks } = general

const acts: Record<LedgerAction, string> = {
  added: 'The site was added',
  changed: 'Changed',
  shortened: 'Shortened, for what was counted already as well',
  lengthened: 'Lengthened, for what is counted from then on',
  anonymized: 'All counts were anonymized ahead of their period',
  deleted: 'All counts were deleted',
}

const settings: Record<SettingName, string> = {
  domain: 'name',
  hosts: 'hosts',
  timezone: 'time zone',
  k: 'k',
  profile: 'profile',
  anonymizationDays: 'anonymization period',
  retentionDays: 'retention period',
  queryParameters: 'parameters that stay',
  properties: 'event properties',
  pathPatterns: 'path patterns',
  pathExceptions: 'path exceptions',
  browserFamilies: 'browser families',
  controller: 'controller',
  processors: 'processors',
  public: 'who may read the statistics',
  goals: 'goals',
}

export const transparency = {
  links: { name: 'About the counting', page: 'What is kept', preview: 'Your preview' },
  failure: 'This page could not be made. Try again in a minute.',

  title: (site: string) => `What ${site} counts`,
  heading: (site: string) => `What ${site} keeps of your visit`,
  lead: (site: string) =>
    `${site} counts visits with Sundial, which knows the hour, not the visitor. This page is made by the program that does the counting, from its own list of what it may keep, this site’s settings and the database as it is now.`,
  made: (moment: string) => `Made ${moment}.`,
  contents: 'Contents',
  sections: {
    short: 'In short',
    received: 'What your browser sends',
    stored: 'What is stored',
    attributes: 'What is counted by',
    never: 'What is never collected',
    fives: 'How it is counted',
    periods: 'How long it is kept',
    responsible: 'Who is responsible',
    refuse: 'How not to be counted',
    limits: 'The honest limits',
    check: 'Check it yourself',
  },

  short: {
    nobody: {
      title: 'No person, no device',
      sentences: 'No cookie, no fingerprint, no identifier. Nothing that is kept tells you from anybody else.',
    },
    counted: (k: K) => ({
      title: `Only in ${ks[k].many}`,
      sentences: `A page, source, country or anything else with a name is stored only once it was counted ${ks[k].one} times, and then in whole ${ks[k].many}.`,
    }),
    hour: {
      title: 'The hour, not the moment',
      sentences:
        'Visits have an hour, everything with a name has a day. Durations are intervals, the country is the finest place.',
    },
    ends: (anonymizationDays: number, retentionDays: number) => ({
      title: 'It ends',
      sentences: `${plural(anonymizationDays, 'day', 'days')} after a month is over, its hours become days and its days become a month. ${plural(retentionDays, 'day', 'days')} after it began, all of it is gone.`,
    }),
  },

  received: {
    message: (longest: number, preview: Part) =>
      rich`A message of at most ${sayCount(longest)} bytes goes out when a page opens, when engaged time is reported and when something happens that the site counts. ${preview('See the exact bytes that your browser would send')}. These are its fields and what becomes of them; any other field is ignored.`,
    fields: ['Field', 'What it says', 'What becomes of it'],
    around: 'Around the message',
    request:
      'Browsers say more with every request. This much of it is read; the rest, such as languages, is not looked at. Cookies are not sent along at all.',
    /** This page is no message that is counted, and speaks the reader's language. */
    language: 'These pages about the counting do look at the languages, to be shown in yours, and keep nothing of it.',
    facts: ['Of the request', 'What it says', 'What becomes of it'],
  },

  stored: {
    lead: 'All of it. No row stands for a visitor, a visit or an event: each is a sum over everybody. There are three tables.',
    columns: ['Column', 'What it says', 'Example'],
    elsewhere: 'Elsewhere',
    places: ['Where', 'What', 'Until'],
  },

  attributes: {
    lead: (counts: Part) =>
      rich`A row of ${counts('counts')} says how often one value of one attribute was counted on one day. The last column is how often a value must come within one calendar month before its name is written.`,
    head: ['Attribute', 'Made from', 'Example', 'Named after'],
    times: (n: number) => plural(n, 'time', 'times'),
    notHere: 'Not counted here',
    pairs: (pairs: readonly string[]) =>
      `These pairs are counted together, once both values have a name: ${pairs.join(', ')}. At most two attributes ever stand in one row.`,
    queryParameters: (values: Part) => rich`Parameters of addresses that stay in the page: ${values('none.')}`,
    properties: (values: Part) => rich`Event properties that this site counts: ${values('none.')}`,
    pathPatterns: (values: Part) => rich`Parts of paths that this site also hides: ${values('none.')}`,
    pathExceptions: (values: Part) =>
      rich`Parts of paths that this site shows though they look personal: ${values('none.')}`,
    hosts: (values: Part) => rich`Hosts whose pages are counted: ${values('none.')}`,
  },

  never: 'None of this is stored, logged, or put into an error message:',

  fives: {
    example: (k: K) =>
      `Here k is ${k}. Suppose a page is viewed for the first time this month. Nothing readable of it is written: there is a keyed hash and the number 1. With the ${ks[k].ordinal} view the name of the page and the number ${k} move on together, and only once ${ks[k].one} more visits have come do they reach the database, so that nobody can tie them to one visit. The next number that can stand there is ${2 * k}.`,
    rest: (k: K) =>
      `What was not counted ${ks[k].one} times when the month ends is added up without its name, as “(other)”, again in whole ${ks[k].many}, and the key of the hashes is destroyed.`,
    freeText: (attributes: readonly string[]) =>
      `Texts that a link or the site can choose freely need twice as many: ${sayList(attributes)}, and sources that are such a text.`,
    profile: (label: string) => `The profile of this site is “${label}”.`,
    strata: (of: number, atLeast: number) =>
      `Country and browser family of a visit are hashed, together with the counter, into one of ${of} strata, and a text is written only once it was counted in ${atLeast} of them: what comes from one browser in one country keeps its text to itself, however often it comes. As the counter is part of the hash, strata of different counters cannot be compared.`,
    atMidnight: 'What may leave goes to the database once a day, in the hour after midnight.',
    timezone: (timezone: string) => `Hours and days are those of ${timezone}.`,
  },

  periods: {
    head: ['Period', 'What happens', 'After', 'In force since'],
    anonymization: 'Anonymization',
    generalized: (month: string, day: string) =>
      `Hours become days, named counts become months. What is counted in ${month}: on ${day}`,
    fromEnd: (days: number) => `${plural(days, 'day', 'days')} from the end of the month`,
    retention: 'Retention',
    ended: (month: string, day: string) => `All of it ends. What is counted in ${month}: on ${day}`,
    fromBeginning: (days: number) => `${plural(days, 'day', 'days')} from the beginning of the month`,
    notOnRecord: 'Not on record',
    beingPutInForce: 'Being put in force now',
    offTheDisk:
      'What has ended cannot be read from that day on. It is off the disk about an hour and a quarter later, plus the time that the database takes to merge. Periods can be made shorter for what was counted already, never longer.',

    oldest: 'The oldest rows now',
    silent: 'The database does not answer now. Ask again in a minute.',
    tables: ['Table', 'Oldest that can be read', 'Oldest on disk', 'Next to end'],
    noRow: 'No row',
    noneReplaced:
      'No file of an earlier month that was replaced still waits for its removal; those of this month are replaced as counts come, and removed within minutes.',
    replaced: (month: string) =>
      `Files that were replaced still wait for their removal, a matter of minutes. The oldest holds rows of ${month}, of this site or of another that is counted here.`,
    read: (moment: string) =>
      `Read ${moment}. What is younger than two days does not show here, so that nobody can watch visits arrive.`,

    changes: 'Deletions and changes',
    lastDeletion: (act: string, moment: string) => `The last one by an operator: ${act}, ${moment}.`,
    noDeletion: 'No operator has deleted or anonymized anything ahead of the periods.',
    byDatabase: 'The database itself deletes what reaches its date, every hour.',
    ledgerSilent: 'What was changed cannot be read now. Ask again in a minute.',
    log: ['When', 'What was changed'],
    acts,
    settings,
    actOn: (act: string, settings: readonly string[]) => `${act}: ${sayList(settings)}`,
    ofNoRows: (act: string) => `${act} (there was none)`,
    ofRows: (act: string, before: number, after: number) =>
      `${act} (${plural(before, 'row', 'rows')} became ${sayCount(after)})`,
  },

  responsible: {
    controller: 'Controller',
    unsaid: (site: string) => `${site} has not said it here. Its privacy notice should.`,
    processors: 'Processors and where they are',
    none: 'None was named.',
  },

  refuse: {
    how: (command: Part) =>
      rich`Switch on Global Privacy Control or Do Not Track in your browser: the script then sends nothing, and the collector would count nothing. Or open the console of your browser on the site and run ${command('localStorage.sundial_ignore = 1')}. Since nothing that is kept is tied to you, there is nothing of yours to find, correct or delete afterwards.`,
    reasons: 'A message is answered and not counted for these reasons only, besides one that cannot be read:',
    reason: ['Reason', 'What it means'],
    owner: (k: K) =>
      `Of some of it the site’s owner sees how often it came, by reason and hour, in whole ${ks[k].many} and never from whom. Of who objected nothing at all is counted:`,
    countedAs: ['Counted as', 'What it means'],
    limit: (perMinute: number) =>
      `More than ${perMinute} messages a minute from one address for one site are refused, unless the operator has set another number.`,
  },

  limits: 'What all this does not cover:',

  check: (json: Part, file: string) =>
    rich`The same as data: ${json(file)}. It carries a hash of all tables and columns; who may look into the database can compare it. Sundial is open source.`,

  preview: {
    title: (site: string) => `What your browser would send to ${site}`,
    heading: 'What your browser would send now',
    lead: (site: string, bold: Part) =>
      rich`Here runs the very script that the pages of ${site} carry, with one difference: what it would send is shown instead. The counters come from the collector’s own code, and that runs in your browser too. ${bold('Nothing leaves your browser')}: this page’s security policy forbids its scripts every connection.`,
    wait: 'Stay here for ten seconds, or change to another tab and back: what would be sent then appears below as well.',
    noScript: 'This page needs JavaScript',
    soDoesCounting: (page: Part) =>
      rich`So does the counting: without JavaScript your browser sends nothing to this Sundial and is not counted. ${page('What is kept')} can be read without.`,
    unknown: (code: Part) =>
      rich`What this page cannot know: whether you have set ${code('sundial_ignore')} in this browser on the site, which then sends nothing, and how the site’s own tag is set. Shown is the plain script, which stores nothing on your device; with ${code('data-session="tab"')} it keeps engaged seconds, the first referrer and the address of the entry page with its query in sessionStorage until the tab is closed, and sends them on. Of that address, sent with events, the collector keeps the path and the source only.`,
  },
}

export type TransparencyWords = typeof transparency
