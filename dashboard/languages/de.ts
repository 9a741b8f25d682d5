// All words of the dashboard and its mails in German, a file for each area.
import { frame } from './de/frame.ts'
import { general } from './de/general.ts'
import { letters } from './de/letters.ts'
import { numbers } from './de/numbers.ts'
import { roles } from './de/roles.ts'
import type { Messages } from './en.ts'

export const DE: Messages = { frame, general, letters, numbers, roles }
