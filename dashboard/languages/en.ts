// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { account } from './en/account.ts'
import { audit } from './en/audit.ts'
import { chart } from './en/chart.ts'
import { declaration } from './en/declaration.ts'
import { dispatch } from './en/dispatch.ts'
import { dropped } from './en/dropped.ts'
import { ends } from './en/ends.ts'
import { fives } from './en/fives.ts'
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'
import { health } from './en/health.ts'
import { invitation } from './en/invitation.ts'
import { letters } from './en/letters.ts'
import { notes } from './en/notes.ts'
import { numbers } from './en/numbers.ts'
import { organization } from './en/organization.ts'
import { outbound } from './en/outbound.ts'
import { panels } from './en/panels.ts'
import { periods } from './en/periods.ts'
import { picker } from './en/picker.ts'
import { preview } from './en/preview.ts'
import { record } from './en/record.ts'
import { roles } from './en/roles.ts'
import { settings } from './en/settings.ts'
import { sharing } from './en/sharing.ts'
import { shortcuts } from './en/shortcuts.ts'
import { signIn } from './en/sign_in.ts'
import { sites } from './en/sites.ts'
import { subscriptions } from './en/subscriptions.ts'
import { tag } from './en/tag.ts'
import { tokens } from './en/tokens.ts'
import { transparency } from './en/transparency.ts'

export const EN = {
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

export type Messages = typeof EN
