// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { account } from './en/account.ts'
import { audit } from './en/audit.ts'
import { chart } from './en/chart.ts'
import { dropped } from './en/dropped.ts'
import { fives } from './en/fives.ts'
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'
import { invitation } from './en/invitation.ts'
import { letters } from './en/letters.ts'
import { notes } from './en/notes.ts'
import { numbers } from './en/numbers.ts'
import { organization } from './en/organization.ts'
import { panels } from './en/panels.ts'
import { picker } from './en/picker.ts'
import { roles } from './en/roles.ts'
import { sharing } from './en/sharing.ts'
import { shortcuts } from './en/shortcuts.ts'
import { signIn } from './en/sign_in.ts'
import { tag } from './en/tag.ts'
import { tokens } from './en/tokens.ts'

export const EN = {
  account,
  audit,
  chart,
  dropped,
  fives,
  frame,
  general,
  invitation,
  letters,
  notes,
  numbers,
  organization,
  panels,
  picker,
  roles,
  sharing,
  shortcuts,
  signIn,
  tag,
  tokens,
}

export type Messages = typeof EN
