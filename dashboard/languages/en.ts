// All words of the dashboard and its mails in English, a file for each area: the shape that every other language has.
import { frame } from './en/frame.ts'
import { general } from './en/general.ts'

export const EN = { frame, general }

export type Messages = typeof EN
