// All words of the dashboard and its mails in French, a file for each area.

import type { Messages } from './en.ts'
import { account } from './fr/account.ts'
import { audit } from './fr/audit.ts'
import { frame } from './fr/frame.ts'
import { general } from './fr/general.ts'
import { invitation } from './fr/invitation.ts'
import { letters } from './fr/letters.ts'
import { numbers } from './fr/numbers.ts'
import { organization } from './fr/organization.ts'
import { roles } from './fr/roles.ts'
import { signIn } from './fr/sign_in.ts'
import { tokens } from './fr/tokens.ts'

export const FR: Messages = {
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
