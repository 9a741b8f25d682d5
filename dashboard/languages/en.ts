// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { account } from './en/account.ts'
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'
import { invitation } from './en/invitation.ts'
import { letters } from './en/letters.ts'
import { numbers } from './en/numbers.ts'
import { roles } from './en/roles.ts'
import { signIn } from './en/sign_in.ts'

export const EN = { account, frame, general, invitation, letters, numbers, roles, signIn }

export type Messages = typeof EN
