// Runs the tracker in the preview's page as if it stood in a page of the site: what it would post goes to `sent` instead.
// Clock, focus and clicks are this page's own; what belongs to the site's page (address, storage) is stood in for.
import { runTracker } from 'sundial:tracker'
import type { StandIn } from './stand_ins.ts'

interface DryRun {
  /** Address of the page that is imagined, and of the one before it, '' for none. */
  page: URL
  referrer: string
  domain: string
  /** Address of the script, as the site's tag has it. */
  script: string
  sent: (message: Message) => void
}

export interface Message {
  to: string
  method: string
  body: string
  cookies: string
}

/** Starts the tracker; returns what stops it. */
export function startDryRun({ page, referrer, domain, script, sent }: DryRun): () => void {
  const running = new AbortController()
  const globals = {
    window: {},
    document: {
      currentScript: { dataset: { domain }, src: script },
      referrer,
      hasFocus: () => document.hasFocus(),
      get hidden() {
        return document.hidden
      },
    },
    location: { href: page.href, host: page.host, hostname: page.hostname, protocol: page.protocol },
    // A first load, by a link or by hand; nothing is kept of an earlier page.
    performance: { navigation: { type: 0 } },
    localStorage: {},
    sessionStorage: {},
    navigation: { activation: {} },
    navigator,
    fetch(to: URL | string, { method = '', body = '', credentials }: RequestInit) {
      if (!running.signal.aborted) sent({ to: String(to), method, body: String(body), cookies: credentials ?? '' })
      return Promise.resolve()
    },
    addEventListener(type: string, listener: (event: Event) => void, capture: boolean) {
      window.addEventListener(type, listener, { capture, signal: running.signal })
    },
    setInterval(run: () => void, every: number) {
      const clock = window.setInterval(run, every)
      running.signal.addEventListener('abort', () => window.clearInterval(clock))
    },
  } satisfies Record<StandIn, unknown>
  runTracker(globals)
  return () => running.abort()
}
