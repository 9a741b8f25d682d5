// Requests to addresses that people have typed, by fetch: for Workers only, where it leads to the public internet and never
// into a private network (https://developers.cloudflare.com/workers/runtime-apis/fetch/). Node takes outbound_node.ts.
import { type Outbound, type OutboundAnswer, OutboundError, type OutboundRequest, PATIENCE, PLAIN } from './outbound.ts'

export function createWebOutbound({ timeout = PATIENCE }: { timeout?: number } = {}): Outbound {
  return {
    async ask(request) {
      if (isNoPublicName(request.url.hostname)) throw new OutboundError('private')
      const signal = AbortSignal.timeout(timeout)
      try {
        return await answerTo(request, signal)
      } catch {
        throw new OutboundError(signal.aborted ? 'timeout' : 'unreachable')
      }
    },
  }
}

/** An address instead of a name, or a name of one's own network: webhooks and sites have public names. */
function isNoPublicName(hostname: string): boolean {
  return /^\[|^[\d.]+$|^[^.]+\.?$|\.(?:localhost|local|internal|home\.arpa)\.?$/i.test(hostname)
}

async function answerTo(
  { method, url, headers, body, atMost }: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const sent = { method, headers: { ...PLAIN, ...headers }, redirect: 'manual', signal } as const
  const answer = await fetch(url, body === undefined ? sent : { ...sent, body })
  const { status } = answer
  if (atMost === 0 || !answer.body) {
    await answer.body?.cancel()
    return { status, headers: answer.headers, body: '', cut: false }
  }
  const decoder = new TextDecoder()
  let text = ''
  let left = atMost
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true })
    left -= chunk.length
    // Leaving the loop cancels the rest.
    if (left < 0) break
  }
  return { status, headers: answer.headers, body: text, cut: left < 0 }
}
