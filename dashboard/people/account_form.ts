// What people write about themselves, checked: name, address, a new password. Read by the forms of setting up, of
// accounts and of new passwords.
import * as z from 'zod/mini'
import { PASSWORD } from './auth.ts'

/** A field that is checked by looking for what it says; what is missing is nothing. */
export const given = z.catch(z.string(), '')

export function named(what: string) {
  return z.string().check(z.trim(), z.minLength(1, `${what} is missing.`), z.maxLength(100, `${what} is too long.`))
}

export const emailAddress = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email('That is no e-mail address.'))

export const newPassword = z
  .string()
  .check(
    z.minLength(PASSWORD.least, `The password needs at least ${PASSWORD.least} characters.`),
    z.maxLength(PASSWORD.most, `The password may have ${PASSWORD.most} characters at most.`),
  )

export function sentencesOf(error: { issues: readonly { message: string }[] }): string[] {
  return error.issues.map(({ message }) => message)
}
