// Free texts of a visitor's browser (event names, properties, campaigns, sources) made fit to be shown.
// Such a text can never look like a label of ours, such as '(other)': it never begins with a parenthesis.
import { LIMITS } from './contract.ts'
import { hidePersonal } from './placeholder.ts'

/** Plain words with single spaces between them: already in its one spelling. */
const SPELLED = /^[\w./:=&!?#$%*,;'-]+(?: [\w./:=&!?#$%*,;'-]+)*$/
const OPENING = '(\uFF08\uFE59\u207D\u208D\u2768\u2E28'
const CLOSING = ')\uFF09\uFE5A\u207E\u208E\u2769\u2E29'
const OPENED = new RegExp(`^[\\s${OPENING}]+`)
const CLOSED = new RegExp(`[\\s${CLOSING}]+$`)

/** A visitor's text in one spelling, without personal-looking parts, at most LIMITS.text long; '' when nothing is left. */
export function cleanText(text: string): string {
  return cap(hidePersonal(SPELLED.test(text) ? text : spell(text)), LIMITS.text)
}

/** Controls, direction marks and other invisible characters could make two texts look alike, or one look like a label. */
function spell(text: string): string {
  const visible = showing(text)
  const bare = visible.replace(OPENED, '')
  return bare === visible ? visible : bare.replace(CLOSED, '')
}

/** NFC, with every run of invisible characters and spaces as one space. */
export function showing(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ')
    .trim()
}

/** Cuts without tearing a character in two. */
export function cap(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length)
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trimEnd()
}
