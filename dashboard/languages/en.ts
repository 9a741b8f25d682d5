// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { account } from './en/account.ts'
import { audit } from './en/audit.ts'
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'
import { invitation } from './en/invitation.ts'
import { letters } from './en/letters.ts'
import { numbers } from './en/numbers.ts'
import { organization } from './en/organization.ts'
import { roles } from './en/roles.ts'
import { signIn } from './en/sign_in.ts'
import { tokens } from './en/tokens.ts'

export const EN = { account, audit, frame, general, invitation, letters, numbers, organization, roles, signIn, tokens }

export type Messages = typeof EN
