// To which time step a code of an authenticator app belongs (https://www.rfc-editor.org/rfc/rfc6238): better-auth says only
// that it is right, also when it was used a moment before. Used by auth.ts.
import { createOTP } from '@better-auth/utils/otp'

/** Milliseconds for which apps show one code. */
const STEP = 30_000

/** Of a code that was right a moment ago; undefined when it belongs to no step around now. */
export async function stepOf(code: string, secret: string, now: number): Promise<number | undefined> {
  const { hotp } = createOTP(secret)
  const current = Math.floor(now / STEP)
  // better-auth takes one before and one after its own, which may have ended since.
  for (const step of [current, current - 1, current + 1, current - 2]) {
    if ((await hotp(step)) === code) return step
  }
  return undefined
}
