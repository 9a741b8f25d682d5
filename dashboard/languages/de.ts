// All words of the dashboard and its mails in German, a file for each area.
import { account } from './de/account.ts'
import { audit } from './de/audit.ts'
import { frame } from './de/frame.ts'
import { general } from './de/general.ts'
import { invitation } from './de/invitation.ts'
import { letters } from './de/letters.ts'
import { numbers } from './de/numbers.ts'
import { organization } from './de/organization.ts'
import { roles } from './de/roles.ts'
import { signIn } from './de/sign_in.ts'
import { tokens } from './de/tokens.ts'
import type { Messages } from './en.ts'

export const DE: Messages = {
  account,
  audit,
  frame,
  general,
  invitation,
  letters,
  numbers,
  organization,
  roles,
  signIn,
  tokens,
}
