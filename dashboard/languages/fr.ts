// All words of the dashboard and its mails in French, a file for each area.

import type { Messages } from './en.ts'
import { account } from './fr/account.ts'
import { audit } from './fr/audit.ts'
import { chart } from './fr/chart.ts'
import { dropped } from './fr/dropped.ts'
import { fives } from './fr/fives.ts'
import { frame } from './fr/frame.ts'
import { general } from './fr/general.ts'
import { invitation } from './fr/invitation.ts'
import { letters } from './fr/letters.ts'
import { notes } from './fr/notes.ts'
import { numbers } from './fr/numbers.ts'
import { organization } from './fr/organization.ts'
import { panels } from './fr/panels.ts'
import { picker } from './fr/picker.ts'
import { roles } from './fr/roles.ts'
import { sharing } from './fr/sharing.ts'
import { shortcuts } from './fr/shortcuts.ts'
import { signIn } from './fr/sign_in.ts'
import { tag } from './fr/tag.ts'
import { tokens } from './fr/tokens.ts'

export const FR: Messages = {
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
