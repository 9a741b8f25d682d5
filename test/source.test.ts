import { describe, expect, test } from 'vitest'
import { originOf } from '../collector/source.ts'
import { CHANNELS, SOURCES } from '../collector/sources.ts'

const site = { hosts: ['example.com', 'www.example.com', 'example.org'], profile: 'standard' } as const

function origin(referrer: string, query = '', of: Parameters<typeof originOf>[2] = site): string {
  const { source, channel } = originOf(new URL(`https://example.com/${query}`), referrer, of)
  return `${source} / ${channel}`
}

describe('a referrer is a name and a channel', () => {
  test.each([
    ['', '(direct) / Direct'],
    ['https://www.google.com/', 'Google / Search'],
    ['https://www.google.co.uk/search?q=ann', 'Google / Search'],
    ['https://google.de/', 'Google / Search'],
    ['https://www.google.com.br/', 'Google / Search'],
    ['https://www.google.com.', 'Google / Search'],
    ['https://images.google.com/', 'Google / Search'],
    ['https://news.google.com/articles/x', 'Google News / News'],
    ['https://mail.google.com/mail/u/0/', 'Gmail / Email'],
    ['https://gemini.google.com/app', 'Gemini / AI assistant'],
    ['https://docs.google.com/document/d/secret', 'Google Docs / Referral'],
    ['https://sites.google.com/view/x', 'sites.google.com / Referral'],
    ['https://www.bing.com/', 'Bing / Search'],
    ['https://duckduckgo.com/', 'DuckDuckGo / Search'],
    ['https://de.search.yahoo.com/', 'Yahoo / Search'],
    ['https://yandex.ru/', 'Yandex / Search'],
    ['https://yandex.com.tr/', 'Yandex / Search'],
    ['https://www.baidu.com/link?url=x', 'Baidu / Search'],
    ['https://chatgpt.com/', 'ChatGPT / AI assistant'],
    ['https://claude.ai/chat/x', 'Claude / AI assistant'],
    ['https://www.perplexity.ai/search/x', 'Perplexity / AI assistant'],
    ['https://copilot.microsoft.com/', 'Copilot / AI assistant'],
    ['https://m.facebook.com/', 'Facebook / Social'],
    ['https://l.facebook.com/l.php?u=x', 'Facebook / Social'],
    ['https://l.instagram.com/', 'Instagram / Social'],
    ['https://t.co/AbCdEf', 'X / Social'],
    ['https://lnkd.in/x', 'LinkedIn / Social'],
    ['https://out.reddit.com/t3_x', 'Reddit / Social'],
    ['https://old.reddit.com/r/rust', 'Reddit / Social'],
    ['https://news.ycombinator.com/item?id=1', 'Hacker News / Social'],
    ['https://www.pinterest.fr/', 'Pinterest / Social'],
    ['https://mastodon.social/@ann/1', 'Mastodon / Social'],
    ['https://www.youtube.com/watch?v=x', 'YouTube / Video'],
    ['https://youtu.be/x', 'YouTube / Video'],
    ['https://outlook.office.com/mail/', 'Outlook / Email'],
    ['https://flipboard.com/', 'Flipboard / News'],
    ['https://tpc.googlesyndication.com/', 'Google Ads / Paid'],
    ['https://en.wikipedia.org/wiki/Sundial', 'Wikipedia / Referral'],
    ['https://en.m.wikipedia.org/wiki/Sundial', 'Wikipedia / Referral'],
    ['https://blog.example.net/post?id=1#x', 'example.net / Referral'],
    ['https://WWW.Example.NET/', 'example.net / Referral'],
    ['https://amp.example.net/', 'example.net / Referral'],
    ['https://m.me/', 'Messenger / Social'],
    ['https://google.evil.example.net/', 'example.net / Referral'],
    ['https://notgoogle.com/', 'notgoogle.com / Referral'],
    ['https://xn--mnchen-3ya.de/', 'xn--mnchen-3ya.de / Referral'],
  ])('%s is %s', (referrer, expected) => {
    expect(origin(referrer)).toBe(expected)
  })
})

describe('of a host stays what was registered', () => {
  test.each([
    ['https://a.b.c.example.net/', 'example.net'],
    ['https://anna.blog.example.co.uk/', 'example.co.uk'],
    ['https://www.example.com.au/', 'example.com.au'],
    ['https://news.example.or.jp/', 'example.or.jp'],
    ['https://intern.example.com.br/', 'example.com.br'],
    ['https://www.city.example.gov.in/', 'example.gov.in'],
    ['https://blog.example.de/', 'example.de'],
    ['https://anna.github.io/', 'anna.github.io'],
    ['https://docs.anna.github.io/', 'anna.github.io'],
    ['https://8f3a2c9d1b4e.netlify.app/', 'netlify.app'],
    ['https://anna.blogspot.com/', 'anna.blogspot.com'],
    ['https://co.uk/', 'co.uk'],
    ['https://12345.co.uk/', '12345.co.uk'],
    ['https://sites.google.com/view/anna', 'sites.google.com'],
    ['https://8f3a2c9d1b4e.sites.google.com/', 'sites.google.com'],
  ])('%s is %s', (referrer, expected) => {
    expect(origin(referrer)).toBe(`${expected} / Referral`)
  })
})

describe('another host of the site’s own domain is a source from within', () => {
  test.each([
    ['https://shop.example.com/cart', 'shop.example.com / Internal'],
    ['https://mail.example.com/', 'mail.example.com / Internal'],
    ['https://8f3a2c9d1b4e.shop.example.com/', 'shop.example.com / Internal'],
    ['https://m.example.org/', 'example.org / Internal'],
    ['https://notexample.com/', 'notexample.com / Referral'],
  ])('%s is %s', (referrer, expected) => {
    expect(origin(referrer)).toBe(expected)
  })

  test('also where two labels are no name of anybody, and never by the provider it shares with others', () => {
    const uk = { hosts: ['example.co.uk'], profile: 'standard' } as const
    expect(origin('https://shop.example.co.uk/', '', uk)).toBe('shop.example.co.uk / Internal')
    expect(origin('https://other.co.uk/', '', uk)).toBe('other.co.uk / Referral')
    const shared = { hosts: ['anna.github.io'], profile: 'standard' } as const
    expect(origin('https://ben.github.io/', '', shared)).toBe('ben.github.io / Referral')
    const machine = { hosts: ['localhost', '127.0.0.1', '[::1]'], profile: 'standard' } as const
    expect(origin('http://10.0.0.1/', '', machine)).toBe('(private network) / Referral')
    expect(origin('https://x.0.1/', '', machine)).not.toContain('Internal')
  })

  test('unless the link says more', () => {
    expect(origin('https://shop.example.com/', '?utm_source=newsletter')).toBe('Newsletter / Email')
    expect(origin('https://shop.example.com/', '?utm_medium=cpc')).toBe('shop.example.com / Paid')
  })
})

/** The rules of channels, case by case: what the referrer's host, utm_source and utm_medium make. */
const CHANNEL_CASES: readonly (readonly [channel: string, host: string, source: string, mediums: string])[] = [
  ['Paid', 'google.com', '', 'cpc cpm cpv cpa ppc paid paidsearch paid_social social_paid retargeting remarketing'],
  ['Paid', '', 'acme', 'ad ads sem sea display banner interstitial expandable sponsored promoted xcpc'],
  ['Email', '', 'acme', 'email e-mail e_mail emailing newsletter mail mailing crm EMAIL'],
  ['Email', 'google.com', '', 'email'],
  ['Notification', '', 'acme', 'push web-push mobile_push pushnotification notification sms rcs'],
  ['Affiliate', '', 'acme', 'affiliate affiliates partner influencer'],
  ['AI assistant', '', 'acme', 'ai ai-assistant ai_assistant llm chatbot'],
  ['Video', '', 'acme', 'video'],
  ['Video', '', 'youtube', 'social social-media'],
  ['Social', '', 'acme', 'social social-network social_media sm organic_social organic-social'],
  ['Social', '', 'facebook', 'social organic'],
  ['Search', '', 'acme', 'organic search seo organic-search'],
  ['Search', '', 'bing', 'organic'],
  ['News', '', 'acme', 'rss feed'],
  ['Search', 'google.fr', '', ''],
  ['Social', 'facebook.com', '', ''],
  ['AI assistant', 'chatgpt.com', '', ''],
  ['Video', 'youtu.be', '', ''],
  ['News', 'news.google.com', '', ''],
  ['Paid', 'doubleclick.net', '', ''],
  ['Email', 'mail.google.com', '', ''],
  ['Email', 'webmail.example.net', '', ''],
  ['Referral', 'wikipedia.org', '', ''],
  ['Referral', 'bit.ly', '', ''],
  ['Referral', 'example.net', '', ''],
  ['Referral', 'nas.local', '', ''],
  ['Internal', 'shop.example.com', '', ''],
  ['Referral', '', 'acme', 'referral'],
  ['Campaign', '', 'acme', 'poster'],
  ['Campaign', 'google.com', 'acme', ''],
  ['Campaign', '', '', 'poster'],
  ['Direct', '', '', ''],
]

test.each(
  CHANNEL_CASES.flatMap(([channel, host, source, mediums]) =>
    mediums.split(' ').map((medium) => [channel, host, source, medium] as const),
  ),
)('the channel is %s for host "%s", utm_source "%s" and utm_medium "%s"', (channel, host, source, medium) => {
  const query = new URLSearchParams({ utm_source: source, utm_medium: medium })
  expect(originOf(new URL(`https://example.com/?${query}`), host && `https://${host}/`, site).channel).toBe(channel)
})

test('every channel has a case', () => {
  expect(CHANNELS.filter((channel) => !CHANNEL_CASES.some(([tested]) => tested === channel))).toEqual([])
})

describe('apps', () => {
  test.each([
    ['android-app://com.google.android.gm/', 'Gmail / Email'],
    ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'Google / Search'],
    ['android-app://com.reddit.frontpage', 'Reddit / Social'],
    ['android-app://org.telegram.messenger/', 'Telegram / Social'],
    ['android-app://Com.Example.Reader/', 'com.example.reader / Referral'],
  ])('%s is %s', (referrer, expected) => {
    expect(origin(referrer)).toBe(expected)
  })
})

describe('what names nobody’s public place', () => {
  test.each([
    ['https://example.com/pricing', 'undefined / undefined'],
    ['http://www.example.com:8080/', 'undefined / undefined'],
    ['https://EXAMPLE.org./about', 'undefined / undefined'],
    ['app://example.com/screen', 'undefined / undefined'],
    ['app://other.example.net/screen', '(direct) / Direct'],
    ['https://shop.example.com/', 'shop.example.com / Internal'],
    ['http://192.168.1.20/wiki', '(private network) / Referral'],
    ['http://203.0.113.9/', '(private network) / Referral'],
    ['http://[2001:db8::1]/', '(private network) / Referral'],
    ['http://0x7f.1/', '(private network) / Referral'],
    ['http://annes-laptop/', '(private network) / Referral'],
    ['http://localhost:3000/', '(private network) / Referral'],
    ['http://nas.local/', '(private network) / Referral'],
    ['http://printer.home.arpa/', '(private network) / Referral'],
    ['http://jira.corp/', '(private network) / Referral'],
    ['http://fritz.box/', '(private network) / Referral'],
    ['https://tools.example.net:8443/', '(private network) / Referral'],
    ['https://webmail.smith-family.net/', '(webmail) / Email'],
    ['https://mail.smith-family.net/', '(webmail) / Email'],
    ['https://8f3a2c9d1b4e.track.example.net/', 'example.net / Referral'],
    ['https://u1234567.ct.sendgrid.net/ls/click', 'SendGrid / Email'],
    ['https://user-1234567.ct.example.net/', 'example.net / Referral'],
    ['https://12345.com/', '12345.com / Referral'],
    ['chrome-extension://abcdefghijklmnop/popup.html', '(direct) / Direct'],
    ['about:client', '(direct) / Direct'],
    ['not an address', '(direct) / Direct'],
    ['/relative', '(direct) / Direct'],
  ])('%s is %s', (referrer, expected) => {
    expect(origin(referrer)).toBe(expected)
  })
})

test('a host longer than any name is none, however many labels it has', () => {
  const hostOf = (length: number) => `${'a.'.repeat(length / 2)}example.net`.slice(-length)
  expect(origin(`https://${hostOf(253)}/`)).toBe('example.net / Referral')
  for (const length of [254, 600, 8_000]) expect(origin(`https://${hostOf(length)}/`)).toBe('(direct) / Direct')
})

test('a referrer as long as the body allows has the source of its host', () => {
  expect(origin(`https://blog.example.net/${'x'.repeat(8_000)}`)).toBe('example.net / Referral')
})

describe('what a link says about itself', () => {
  test.each([
    ['?utm_source=newsletter', 'Newsletter / Email'],
    ['?utm_source=Newsletter&utm_medium=email', 'Newsletter / Email'],
    ['?utm_source=acme&utm_medium=e-mail', 'acme / Email'],
    ['?utm_source=google&utm_medium=cpc', 'Google / Paid'],
    ['?utm_source=adwords', 'Google Ads / Paid'],
    ['?utm_source=google&utm_medium=organic', 'Google / Search'],
    ['?utm_source=facebook&utm_medium=paid_social', 'Facebook / Paid'],
    ['?utm_source=fb&utm_medium=social', 'Facebook / Social'],
    ['?utm_source=youtube&utm_medium=social', 'YouTube / Video'],
    ['?utm_source=chatgpt.com', 'ChatGPT / AI assistant'],
    ['?utm_source=www.linkedin.com', 'LinkedIn / Social'],
    ['?utm_source=Acme-Partner', 'acme-partner / Campaign'],
    ['?utm_source=acme&utm_medium=affiliate', 'acme / Affiliate'],
    ['?utm_source=acme&utm_medium=referral', 'acme / Referral'],
    ['?utm_source=app&utm_medium=push', 'app / Notification'],
    ['?utm_source=acme&utm_medium=display', 'acme / Paid'],
    ['?utm_medium=email', '(direct) / Email'],
    ['?utm_medium=poster', '(direct) / Campaign'],
    ['?ref=producthunt', 'Product Hunt / Social'],
    ['?source=hn', 'Hacker News / Social'],
    ['?ref=blog.example.net', 'blog.example.net / Campaign'],
    ['?ref=example.com', '(direct) / Direct'],
    ['?ref=ann%40example.net', '(direct) / Direct'],
    ['?ref=1234567', '(direct) / Direct'],
    ['?utm_source=ann%40example.net', ':email / Campaign'],
    ['?utm_source=(direct)', '(direct) / Direct'],
    ['?utm_source=((other)', '(direct) / Direct'],
    ['?utm_source=(private network)', 'private network / Campaign'],
    ['?utm_source=', '(direct) / Direct'],
    ['?gclid=x', '(direct) / Paid'],
    ['?fbclid=x', '(direct) / Direct'],
    ['?q=utm_source', '(direct) / Direct'],
  ])('%s is %s', (query, expected) => {
    expect(origin('', query)).toBe(expected)
  })

  test('goes before the referrer, but never makes an own page a source', () => {
    expect(origin('https://www.google.com/', '?utm_source=acme')).toBe('acme / Campaign')
    expect(origin('https://www.google.com/', '?gclid=x')).toBe('Google / Paid')
    expect(origin('https://www.google.com/', '?ref=ann%40example.net')).toBe('Google / Search')
    expect(origin('https://www.example.com/', '?utm_source=acme')).toBe('undefined / undefined')
  })
})

describe('the cnil profile names hosts only', () => {
  const cnil = { ...site, profile: 'cnil' } as const

  test.each([
    ['https://www.google.com/search?q=x', '', 'google.com / Search'],
    ['https://www.google.com/', '?utm_source=acme&utm_medium=cpc&gclid=x', 'google.com / Search'],
    ['', '?utm_source=newsletter&ref=hn', '(direct) / Direct'],
    ['https://example.com/', '', 'undefined / undefined'],
    ['http://nas.local/', '', '(private network) / Referral'],
    ['https://ann-lee.tumblr.com/post', '', 'tumblr.com / Social'],
    ['https://ann-lee.substack.com/p/hello', '', 'substack.com / Email'],
    ['https://acme-my.sharepoint.com/', '', 'sharepoint.com / Referral'],
    ['https://old.reddit.com/', '', 'reddit.com / Social'],
    ['https://gemini.google.com/app', '', 'gemini.google.com / AI assistant'],
  ])('%s %s is %s', (referrer, query, expected) => {
    expect(origin(referrer, query, cnil)).toBe(expected)
  })
})

test('no path, query or fragment of a referrer is in what is kept', () => {
  const referrer = 'https://forum.example.net/canary-path/canary?canary=1#canary'
  expect(JSON.stringify(originOf(new URL('https://example.com/'), referrer, site))).not.toContain('canary')
})

describe('the list of sources', () => {
  const entries = Object.entries(SOURCES).flatMap(([channel, sources]) =>
    Object.entries(sources).map(([name, keys]) => ({ channel, name, keys: keys.split(' ') })),
  )

  test('has every host, app and tag once, in lower case', () => {
    const keys = entries.flatMap((entry) => entry.keys)
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
    expect(keys.filter((key) => !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?:\.\*)?$/.test(key))).toEqual([])
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
    expect(entries.every(({ channel }) => CHANNELS.some((known) => known === channel))).toBe(true)
  })

  test('is found again by each of its hosts', () => {
    const web = entries.flatMap(({ channel, name, keys }) =>
      keys
        .filter((key) => key.includes('.') && !key.endsWith('.*'))
        .map((key) => [origin(`android-app://${key}/`), `${name} / ${channel}`]),
    )
    expect(web.filter(([found, expected]) => found !== expected)).toEqual([])
  })
})

test.each([
  ['', '?utm_source=anna', true],
  ['', '?ref=anna', true],
  ['', '?utm_source=google', false],
  ['', '?ref=producthunt.com', false],
  ['https://www.google.com/', '', false],
  ['https://blog.example.org/', '', false],
  ['', '', false],
])('only a link’s own words are free text: %j %j', (referrer, query, isTag) => {
  expect(originOf(new URL(`https://example.com/${query}`), referrer, site).sourceIsTag).toBe(isTag)
})
