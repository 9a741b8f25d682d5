// All words of the dashboard and its mails in French, a file for each area.

import type { Messages } from './en.ts'
import { account } from './fr/account.ts'
import { audit } from './fr/audit.ts'
import { chart } from './fr/chart.ts'
import { declaration } from './fr/declaration.ts'
import { dispatch } from './fr/dispatch.ts'
import { dropped } from './fr/dropped.ts'
import { ends } from './fr/ends.ts'
import { fives } from './fr/fives.ts'
import { frame } from './fr/frame.ts'
import { general } from './fr/general.ts'
import { health } from './fr/health.ts'
import { invitation } from './fr/invitation.ts'
import { letters } from './fr/letters.ts'
import { notes } from './fr/notes.ts'
import { numbers } from './fr/numbers.ts'
import { organization } from './fr/organization.ts'
import { outbound } from './fr/outbound.ts'
import { panels } from './fr/panels.ts'
import { periods } from './fr/periods.ts'
import { picker } from './fr/picker.ts'
import { preview } from './fr/preview.ts'
import { record } from './fr/record.ts'
import { roles } from './fr/roles.ts'
import { settings } from './fr/settings.ts'
import { sharing } from './fr/sharing.ts'
import { shortcuts } from './fr/shortcuts.ts'
import { signIn } from './fr/sign_in.ts'
import { sites } from './fr/sites.ts'
import { subscriptions } from './fr/subscriptions.ts'
import { tag } from './fr/tag.ts'
import { tokens } from './fr/tokens.ts'
import { transparency } from './fr/transparency.ts'

export const FR: Messages = {
  account,
  audit,
  chart,
  declaration,
  dispatch,
  dropped,
  ends,
  fives,
  frame,
  general,
  health,
  invitation,
  letters,
  notes,
  numbers,
  organization,
  outbound,
  panels,
  periods,
  picker,
  preview,
  record,
  roles,
  settings,
  sharing,
  shortcuts,
  signIn,
  sites,
  subscriptions,
  tag,
  tokens,
  transparency,
}
