// To which time step a code of an authenticator app belongs (https://www.rfc-editor.org/rfc/rfc6238): better-auth says only
// that it is right, also when it was used a moment before. Used by auth.ts.

/** Milliseconds for which apps show one code. */
const STEP = 30_000

/** Of a code that was right a moment ago; undefined when it belongs to no step around now. */
export async function stepOf(code: string, secret: string, now: number): Promise<number | undefined> {
  const usage = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), usage, false, ['sign'])
  const current = Math.floor(now / STEP)
  // better-auth takes one before and one after its own, which may have ended since.
  for (const step of [current, current - 1, current + 1, current - 2]) {
    if ((await codeAt(step, key)) === code) return step
  }
  return undefined
}

/** https://www.rfc-editor.org/rfc/rfc4226#section-5.3 */
async function codeAt(step: number, key: CryptoKey): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter))
  const offset = digest.getUint8(digest.byteLength - 1) & 15
  const number = digest.getUint32(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
