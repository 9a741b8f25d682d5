// What people write about themselves, checked: name, address, a new password. Read by the forms of setting up, of
// accounts, of organizations and of new passwords. What is wrong is the key of a sentence, which the page's words have.
import * as z from 'zod/mini'
import type { AccountWords } from '../languages/en/account.ts'
import { PASSWORD } from './auth.ts'

type Refusal = keyof ReturnType<AccountWords['refusals']>

/** A field that is checked by looking for what it says; what is missing is nothing. */
export const given = z.catch(z.string(), '')

export function named(what: 'name' | 'organization') {
  return z.pipe(
    given,
    z
      .string()
      .check(
        z.trim(),
        z.minLength(1, `${what}Missing` satisfies Refusal),
        z.maxLength(100, `${what}TooLong` satisfies Refusal),
      ),
  )
}

const NO_ADDRESS = 'noEmailAddress' satisfies Refusal

export const emailAddress = z.pipe(
  given,
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254, NO_ADDRESS), z.email(NO_ADDRESS)),
)

export const newPassword = z.pipe(
  given,
  z
    .string()
    .check(
      z.minLength(PASSWORD.least, 'passwordTooShort' satisfies Refusal),
      z.maxLength(PASSWORD.most, 'passwordTooLong' satisfies Refusal),
    ),
)

/** What is wrong in the words of a page, each once. */
export function sentencesOf(
  error: { issues: readonly { message: string }[] },
  { account }: { account: AccountWords },
): string[] {
  const sentences: Readonly<Record<string, string>> = account.refusals(PASSWORD)
  const keys = new Set(error.issues.map(({ message }) => message))
  return [...keys].map((key) => sentences[key] ?? key)
}
