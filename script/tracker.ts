// The tracker: what a site's pages load. It posts pageviews, engaged time and custom events to the collector.
// One source, two files: PLUS adds outbound links, downloads, 404s and tagged elements (build.ts makes both).
// Visitors pay for every byte, so it is terser than the rest: 700 bytes brotli, plus 1,100. ES2015, nothing newer.

declare const PLUS: boolean

declare global {
  interface Window {
    sundial?: Tell & Stub
  }
  interface Navigator {
    /** https://www.w3.org/TR/gpc/ */
    globalPrivacyControl?: boolean
  }
  interface Document {
    /** https://wicg.github.io/nav-speculation/prerendering.html */
    prerendering?: boolean
  }
}

/** What a page calls: `sundial('signup', { plan: 'pro' })`. */
export type Tell = (name: string, properties?: Properties) => void
export type Properties = Record<string, string | number | boolean>

/**
 * Calls made before the script has loaded wait in `q`, if the page has this line:
 * `window.sundial = window.sundial || function () { (sundial.q = sundial.q || []).push(arguments) }`
 */
interface Stub {
  q?: Calls
}
interface Calls {
  push(call: Parameters<Tell>): unknown
  map(tell: (call: Parameters<Tell>) => unknown): unknown
}

/** The wire's key `s`. A flag is 1 or as good as missing. */
export interface Signals {
  /** This load starts a visit. */
  v?: number | undefined
  /** This page view came by a reload, or by back or forward. */
  r?: number | undefined
  /** This event makes the visit engaged. */
  e?: number | undefined
  /** Engaged seconds of this page view: already reported, now. */
  g?: Span
  /** The same of the session; [0, 0] on loads that belong to none. */
  t?: number[]
  /** Of custom events: where the session's visit started. Missing on loads that belong to none. */
  l?: string | undefined
}
type Span = [reported: number, now: number]

// The build makes this a classic script, and the element of such a script is never an SVG one.
const { dataset, src } = document.currentScript as HTMLScriptElement
const { q: calls = [] }: Stub = window.sundial || {}
let referrer = document.referrer

/** Engaged seconds, first referrer and entry page of the session: the load's own or, where the site chose so, the tab's. */
let session: Partial<Storage> = {}
let came: number | undefined
let ignored: unknown
let sameSite: unknown

/** The page view: its address and engaged seconds. */
let url: string
let seconds: Span

/** 1 from the start of a visit until the collector was told that it is engaged. */
let engages = 0

/** A text body needs no preflight, keepalive outlives the page, and unlike sendBeacon this can leave cookies out. */
const send = (n: string, s: Signals, p?: Properties) => {
  if (s.e) engages = 0
  fetch(dataset.api || new URL('../api/event', src), {
    method: 'POST',
    body: JSON.stringify({ n, u: url, d: dataset.domain || location.hostname, r: referrer, p, s }),
    keepalive: true,
    credentials: 'omit',
  }).catch(() => {})
}

/** The session's seconds run along with the page view's. Out of storage they are text, and without a visit NaN. */
const report = (e?: number) => {
  if (e || seconds[1] > seconds[0])
    send('engagement', { e, g: seconds, t: seconds.map((at) => (session.sundial - seconds[1] + at) | 0) })
  seconds[0] = seconds[1]
}

/** Counts a page view if the address has changed. The page being left is reported first, under its own address. */
const look = (
  fresh?: unknown,
  v?: number,
  r?: number,
  // A fragment may hold a token: it is cut off or, where the site routes by it, made part of the path.
  address = location.href.replace(/(\?[^#]*)?#(.*)/, 'hash' in dataset ? '/$2$1' : '$1'),
) => {
  if (fresh || address !== url) {
    if (!fresh) report(engages)
    url = address
    // After a reload both are NaN: never one more than the other, so never reported.
    seconds = (r ? [] : [0, 0]) as unknown as Span
    send('pageview', { v, r })
  }
}

const start = () => {
  if (!(came || sameSite || referrer.split('/')[2] === location.host)) {
    session.sundial = 0
    session.sundial_r = referrer
    engages = 1
  }
  ;({ sundial_r: referrer = referrer } = session)
  look(1, engages, came)
  if (engages) session.sundial_l = url
  if (PLUS) listenForMore()
  ;['visibilitychange', 'pageshow', 'click'].map((type) =>
    addEventListener(
      type,
      (event) => {
        // Persisted: a return out of the back/forward cache, https://web.dev/articles/bfcache
        look((event as PageTransitionEvent).persisted)
        // Leaving hides as well, in every browser since Safari 14: https://webkit.org/b/151234
        if (document.hidden) report()
        // Of all that an event passes, only links and areas have a host name.
        else if (event.composedPath().some((node) => (node as HTMLAnchorElement).hostname === location.hostname))
          report(engages)
      },
      true,
    ),
  )
  // The address is looked at rather than history patched: pages that replace it many times a second count once, and
  // no framework is stepped on. Seconds are counted rather than subtracted: a computer that slept adds none.
  setInterval(() => {
    look()
    if (!document.hidden && document.hasFocus() && seconds[1]++ >= 0 && ++session.sundial === 10) report(engages)
  }, 1000)
  calls.push = ([name, properties]) => {
    look()
    send(name, { e: engages, l: session.sundial_l }, properties)
  }
  calls.map(calls.push)
}

/** Plus: missing pages, and what else is told of clicks and sent forms. */
const listenForMore = () => {
  // A missing page is told, but engages nobody. The status is https://w3c.github.io/resource-timing/ and not everywhere.
  const loads = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if ('404' in dataset || loads.some((load) => load.responseStatus === 404)) send('404', { l: session.sundial_l })
  ;['click', 'auxclick', 'submit'].map((type) =>
    addEventListener(
      type,
      (event) => {
        // The middle button opens links too, the right one a menu.
        if ((event as MouseEvent).button > 1) return
        // Of what an event passes, only links have a host name (mail addresses none), and only elements a dataset.
        const nodes = event.composedPath() as HTMLAnchorElement[]
        const tagged = nodes.find(({ dataset = {} }) => dataset.sundialEvent)
        const link = nodes.find((node) => node.hostname)
        if (tagged) {
          // A tagged form is told when it is sent, not when somebody clicks into it.
          if ((tagged.tagName === 'FORM') === (type === 'submit')) calls.push(callOf(tagged))
        } else if (link) {
          const properties = { url: link.origin + link.pathname }
          if (link.hasAttribute('download') || DOWNLOAD.test(link.pathname)) calls.push(['File Download', properties])
          else if (link.hostname !== location.hostname) calls.push(['Outbound Link: Click', properties])
        }
      },
      true,
    ),
  )
}

const DOWNLOAD = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|7z|rar|gz|dmg|exe|pkg|mp[34]|wav|mov)$/i

/** data-sundial-event="signup" data-sundial-prop-plan="pro" */
const callOf = ({ attributes }: Element): Parameters<Tell> => {
  const properties: Properties = {}
  let event = ''
  for (const { name, value } of attributes)
    if (name === 'data-sundial-event') event = value
    else if (name.startsWith('data-sundial-prop-')) properties[name.slice(18)] = value
  return [event, properties]
}

window.sundial = (...call) => calls.push(call)

// Each line may throw, the likelier the later: storage may be blocked, navigation or its activation be missing.
try {
  came = performance.navigation.type && 1
  if (dataset.session === 'tab') session = sessionStorage
  ignored = localStorage.sundial_ignore
  sameSite = (navigation.activation as NavigationActivation).from
} catch {}

if (
  !(
    // Only http and https begin so.
    location.protocol[0] !== 'h' ||
    navigator.webdriver ||
    navigator.globalPrivacyControl ||
    navigator.doNotTrack === '1' ||
    ignored
  )
) {
  if (document.prerendering) addEventListener('prerenderingchange', start, true)
  else start()
}
