// All words of the dashboard and its mails in French, a file for each area.

import type { Messages } from './en.ts'
import { frame } from './fr/frame.ts'
import { general } from './fr/general.ts'

export const FR: Messages = { frame, general }
