// A site under test: a real HTTP server with pages that carry the built tracker and a collector that keeps what it gets.
// localhost is the site; the same server under 127.0.0.1 is another one.

import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import * as z from 'zod'

/** Requests that leave together may arrive in any order: in the pages under test, each says when it was sent. */
const IN_ORDER = `<script>{
  let count = 0
  const send = window.fetch
  window.fetch = (to, options) => send(options && options.body ? to + '?sent=' + (Date.now() * 1000 + count++) : to, options)
}</script>`

const event = z.strictObject({
  n: z.string(),
  u: z.string(),
  d: z.string(),
  r: z.string(),
  p: z.record(z.string(), z.unknown()).optional(),
  s: z.strictObject({
    v: z.number().optional(),
    r: z.number().optional(),
    e: z.number().optional(),
    g: z.tuple([z.number(), z.number()]).optional(),
    t: z.tuple([z.number(), z.number()]).optional(),
    l: z.string().optional(),
  }),
})
export type WireEvent = z.infer<typeof event>

export interface TrackedSite {
  /** http://localhost:port: the site. */
  origin: string
  /** http://127.0.0.1:port: another site, the same server. */
  elsewhere: string
  /** What stands in every page: the script tag and whatever a test needs. */
  head: string
  body: string
  /** What was posted, in the order of sending. */
  events: WireEvent[]
  /** How many were posted, those forgotten included. */
  total: number
  /** Every request: method, path and headers. */
  requests: { method: string; url: string; headers: IncomingMessage['headers'] }[]
  /** Waits for that many events in all; times out as the test does. */
  received(count: number): Promise<WireEvent[]>
  /** Answers what was held back at /gate, a request a page makes to wait for the test. */
  openGate(): Promise<void>
  /** Forgets what was posted and asked for. */
  forget(): void
  /** That, and back to the plain page. */
  reset(): void
  close(): Promise<void>
}

/** Serves `outDir`/js, the folder that buildScripts wrote. */
export async function openTrackedSite({ outDir }: { outDir: string }): Promise<TrackedSite> {
  const waiting = new Set<() => void>()
  const gates: ServerResponse[] = []
  let arrived: { sentAt: number; event: WireEvent }[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const [path = '', sentAt = ''] = url.split('?sent=')
    site.requests.push({ method, url: path, headers })
    if (url === '/gate') gates.push(response)
    else if (path === '/api/event' || path === '/other/event') {
      arrived.push({ sentAt: Number(sentAt), event: event.parse(JSON.parse(await textOf(request))) })
      site.total++
      site.events = arrived.toSorted((one, other) => one.sentAt - other.sentAt).map(({ event }) => event)
      response.writeHead(202, { 'Access-Control-Allow-Origin': '*' }).end()
    } else if (url.startsWith('/js/')) {
      response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' })
      response.end(await readFile(join(outDir, url)))
    } else if (url === '/favicon.ico' || url === '/done') response.writeHead(204).end()
    else page(url, response)
    for (const check of waiting) check()
  })
  const page = (url: string, response: ServerResponse) =>
    response
      .writeHead(url.startsWith('/missing') ? 404 : 200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' })
      .end(
        `<!doctype html><html lang="en"><head><title>${url}</title>${IN_ORDER}${site.head}</head><body>${site.body}</body></html>`,
      )

  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    })

  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const site: TrackedSite = {
    origin: `http://localhost:${port}`,
    elsewhere: `http://127.0.0.1:${port}`,
    head: '',
    body: '',
    events: [],
    total: 0,
    requests: [],
    async received(count) {
      await until(() => site.events.length >= count)
      return site.events
    },
    async openGate() {
      await until(() => gates.length > 0)
      gates.pop()?.end()
    },
    forget() {
      arrived = []
      site.events = []
      site.requests = []
    },
    reset() {
      site.forget()
      site.total = 0
      site.head = '<script defer data-domain="localhost" src="/js/sundial.js"></script>'
      site.body = ''
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  site.reset()
  return site
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
