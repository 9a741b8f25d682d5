// The app on somebody's phone: codes of a second factor from its secret. https://www.rfc-editor.org/rfc/rfc6238
import { createHmac } from 'node:crypto'
import { type Asker, cookieOf, PASSWORD } from './people.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function codeOf(secret: string, now = Date.now()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** The one that the app shows after: a code is taken once. */
export const nextCodeOf = (secret: string) => codeOf(secret, Date.now() + 30_000)

/** As the owner of an account does it; the Cookie header that they have then. */
export async function turnOnSecondFactor(asker: Asker): Promise<{ secret: string; codes: string[]; cookie: string }> {
  await asker.post('/account/second-factor', { password: PASSWORD })
  const secret = secretIn(await (await asker.get('/account/second-factor')).text())
  const confirmed = await asker.post('/account/second-factor/confirm', { code: codeOf(secret) })
  if (confirmed.status !== 200) throw new Error(`the code was answered with ${confirmed.status}`)
  const codes = /<pre class="tag codes">([^<]+)/.exec(await confirmed.text())?.[1]?.split('\n') ?? []
  return { secret, codes, cookie: cookieOf(confirmed.headers.getSetCookie()) }
}

/** What is typed into the app where its camera does not work, from the page that shows it. */
export const secretIn = (page: string) =>
  /<p class="tag" translate="no">([A-Z2-7 ]+)<\/p>/.exec(page)?.[1]?.replaceAll(' ', '') ?? ''

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
