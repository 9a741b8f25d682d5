// Free texts of a visitor's browser (event names, properties, campaigns, sources) made fit to be shown.
// Such a text can never look like a label of ours, such as '(other)': it never begins with a parenthesis.
import { LIMITS } from './contract.ts'
import { hidePersonal } from './placeholder.ts'

/** Plain words with single spaces between them: already in its one spelling. */
const SPELLED = /^[\w./:=&!?#$%*,;'-]+(?: [\w./:=&!?#$%*,;'-]+)*$/
const OPENING = '(\uFF08\uFE59\u207D\u208D\u2768\u2E28'
const CLOSING = ')\uFF09\uFE5A\u207E\u208E\u2769\u2E29'
const OPENED = new RegExp(`^[\\s${OPENING}]+`)
/** Looked at from its first character only, however many such runs a text has. */
const CLOSED = new RegExp(`(?<![\\s${CLOSING}])[\\s${CLOSING}]+$`)
/** Longer texts are cut before anything looks at them: a property may be as long as the body allows. */
const LONGEST_READ = 512

/** A visitor's text in one spelling, without personal-looking parts, at most LIMITS.text long; '' when nothing is left. */
export function cleanText(text: string): string {
  const read = text.length <= LONGEST_READ ? text : withoutTorn(text.slice(0, LONGEST_READ))
  return cap(hidePersonal(SPELLED.test(read) ? read : spell(read)), LIMITS.text)
}

/** Without the word or number at its end: half an e-mail address or phone number is not recognized as one. */
function withoutTorn(text: string): string {
  const torn = text.search(/(?<=[\s/?&,;])[^\s/?&,;]*$/)
  return text.slice(0, Math.max(0, torn)).replace(/(?<![\d\s().+-])[\d\s().+-]+$/, '') || ':token'
}

/** Controls, direction marks and other invisible characters could make two texts look alike, or one look like a label. */
function spell(text: string): string {
  const visible = showing(text)
  const bare = visible.replace(OPENED, '')
  return bare === visible ? visible : bare.replace(CLOSED, '')
}

/** NFC, with every run of controls and spaces as one space. What takes no room goes: it may stand within an address. */
export function showing(text: string): string {
  return text
    .replace(/\p{Cf}+/gu, '')
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
