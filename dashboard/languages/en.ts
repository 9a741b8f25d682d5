// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'
import { letters } from './en/letters.ts'
import { numbers } from './en/numbers.ts'
import { roles } from './en/roles.ts'

export const EN = { frame, general, letters, numbers, roles }

export type Messages = typeof EN
