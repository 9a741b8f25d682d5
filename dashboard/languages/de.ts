// All words of the dashboard and its mails in German, a file for each area.
import { account } from './de/account.ts'
import { audit } from './de/audit.ts'
import { chart } from './de/chart.ts'
import { declaration } from './de/declaration.ts'
import { dispatch } from './de/dispatch.ts'
import { dropped } from './de/dropped.ts'
import { ends } from './de/ends.ts'
import { fives } from './de/fives.ts'
import { frame } from './de/frame.ts'
import { general } from './de/general.ts'
import { health } from './de/health.ts'
import { invitation } from './de/invitation.ts'
import { letters } from './de/letters.ts'
import { notes } from './de/notes.ts'
import { numbers } from './de/numbers.ts'
import { organization } from './de/organization.ts'
import { outbound } from './de/outbound.ts'
import { panels } from './de/panels.ts'
import { periods } from './de/periods.ts'
import { picker } from './de/picker.ts'
import { preview } from './de/preview.ts'
import { record } from './de/record.ts'
import { roles } from './de/roles.ts'
import { settings } from './de/settings.ts'
import { sharing } from './de/sharing.ts'
import { shortcuts } from './de/shortcuts.ts'
import { signIn } from './de/sign_in.ts'
import { sites } from './de/sites.ts'
import { subscriptions } from './de/subscriptions.ts'
import { tag } from './de/tag.ts'
import { tokens } from './de/tokens.ts'
import { transparency } from './de/transparency.ts'
import type { Messages } from './en.ts'

export const DE: Messages = {
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
