// All words of the dashboard and its mails in German, a file for each area.
import { account } from './de/account.ts'
import { audit } from './de/audit.ts'
import { chart } from './de/chart.ts'
import { dropped } from './de/dropped.ts'
import { fives } from './de/fives.ts'
import { frame } from './de/frame.ts'
import { general } from './de/general.ts'
import { invitation } from './de/invitation.ts'
import { letters } from './de/letters.ts'
import { notes } from './de/notes.ts'
import { numbers } from './de/numbers.ts'
import { organization } from './de/organization.ts'
import { panels } from './de/panels.ts'
import { picker } from './de/picker.ts'
import { roles } from './de/roles.ts'
import { sharing } from './de/sharing.ts'
import { shortcuts } from './de/shortcuts.ts'
import { signIn } from './de/sign_in.ts'
import { tag } from './de/tag.ts'
import { tokens } from './de/tokens.ts'
import type { Messages } from './en.ts'

export const DE: Messages = {
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
