// All words of the dashboard and its mails in French, a file for each area.

import type { Messages } from './en.ts'
import { frame } from './fr/frame.ts'
import { general } from './fr/general.ts'
import { letters } from './fr/letters.ts'
import { numbers } from './fr/numbers.ts'
import { roles } from './fr/roles.ts'

export const FR: Messages = { frame, general, letters, numbers, roles }
