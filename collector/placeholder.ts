// Replaces what looks personal in a text by a placeholder: e-mail addresses, phone numbers, ids, tokens.
// Called for every page path, query value, campaign, event name and property, so the common case must cost next to nothing.
// It leans towards hiding: a model number lost to ':token' is an annoyance, a kept token is a leak.

/** Lower-case words and short numbers, never two numbers side by side: nothing to look at. */
const PLAIN = /^(?:[a-z]{1,15}|\d{1,4})(?:[-_. ](?:[a-z]{1,15}|(?<![\d][-_. ])\d{1,4}))*$/

/** The text with every personal-looking part replaced by :email, :phone, :ip, :id or :token. */
export function hidePersonal(text: string): string {
  return text.length < 5 || PLAIN.test(text) ? text : hide(text, hideIn)
}

/** Hides e-mail addresses only: for paths of which the site has said that what they hold is nobody's. */
export function hideEmails(text: string): string {
  return text.length < 5 || PLAIN.test(text) ? text : hide(text, hideEmailsIn)
}

function hide(text: string, hideIn: (text: string) => string): string {
  const hidden = hideIn(text)
  if (hidden !== text || isAscii(text)) return hidden
  // Full-width and other digits and signs read the same, so they must not be a way around the patterns.
  const folded = text.normalize('NFKC').replace(/\p{Nd}/gu, digitOf)
  const hiddenFolded = hideIn(folded)
  return hiddenFolded === folded ? text : hiddenFolded
}

function hideEmailsIn(text: string): string {
  return hideMailboxes(text).replace(WORD, (word) => (encodesEmail(word) ? ':email' : word))
}

function hideIn(text: string): string {
  if (isWholeToken(text)) return ':token'
  const marked = hideMailboxes(text)
    .replace(UUID, ':id')
    .replace(JWT, ':token')
    .replace(IPV4, ipOrVersion)
    .replace(IPV6, ':ip')
    .replace(PHONE, phoneOrDate)
    .replace(WORD, hideWord)
  return isShredded(marked) ? ':token' : marked
}

/** The sign, encoded however often, and the domain of an e-mail address, with something before them. */
const AT_DOMAIN = /(?<=[^\s/:;,?&=<>"'()@])(?:@|%(?:25)*40|\(at\)|\[at\])[^\s/:;,?&=<>"'()@]{1,128}\.\p{L}{2,}/giu
/** What stands before the sign, looked at from one place only. */
const MAILBOX = /(?<![^\s/:;,?&=<>"'()@])[^\s/:;,?&=<>"'()@]+$/u
const LONGEST_MAILBOX = 128
const UUID = /[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}/gi
/** Header, payload and signature; the encrypted form has five parts. https://www.rfc-editor.org/rfc/rfc7519 */
const JWT = /eyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g
const IPV4 = /(?<![\w.])v?\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/gi
const IPV6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}(?![\w:])/gi
/** A date, which stays, or nine and more digits in groups. */
const PHONE = /(?:19|20)\d\d[-._](?:0?[1-9]|1[0-2])[-._](?:0?[1-9]|[12]\d|3[01])(?!\d)|\+?\(?\d(?:[ ().-]{0,2}\d){8,}/g
const DATE = /^\d{4}[-._]\d{1,2}[-._]\d{1,2}$/
/** A placeholder, which stays, or a run of letters and digits with the padding of base64. */
const WORD = /:(?:email|phone|ip|id|token)\b|[A-Za-z0-9+]{5,}={0,2}/g

/**
 * Found by the sign and then read backwards: one pattern for the whole address would read on from every place of a text
 * that repeats '%40', and take 200 ms for it.
 */
function hideMailboxes(text: string): string {
  let hidden = ''
  let end = 0
  for (const { 0: atDomain, index } of text.matchAll(AT_DOMAIN)) {
    const before = text.slice(Math.max(end, index - LONGEST_MAILBOX), index)
    const mailbox = MAILBOX.exec(before)?.[0] ?? ''
    hidden += `${text.slice(end, index - mailbox.length)}:email`
    end = index + atDomain.length
  }
  return hidden + text.slice(end)
}

/** '5' for any script's five. */
function digitOf(digit: string): string {
  const zero = [...Array(10).keys()].find((n) => !/\p{Nd}/u.test(String.fromCodePoint(codeOf(digit) - n - 1)))
  return String(zero ?? 0)
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

function ipOrVersion(match: string): string {
  return /^v/i.test(match) || match.split('.').some((part) => Number(part) > 255) ? match : ':ip'
}

function phoneOrDate(match: string): string {
  if (DATE.test(match)) return match
  // Without a separator it is a number like any other.
  return /^\d+$/.test(match) ? ':id' : ':phone'
}

function hideWord(word: string): string {
  if (word.startsWith(':')) return word
  if (ULID.test(word)) return ':id'
  return isToken(word) ? ':token' : word.replace(/\d{5,}/g, ':id')
}

function isToken(word: string): boolean {
  if (word.length < 16 && /^[A-Z]?[a-z]+$|^\d+$/.test(word)) return false
  return isIdentifier(word) || isEncoded(word) || looksRandom(word)
}

/** https://github.com/ulid/spec */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i

/** Hashes, ObjectIds and whatever else writes long numbers in hexadecimal or base 32. */
function isIdentifier(word: string): boolean {
  if (!/\d/.test(word) || !/[a-z]/i.test(word)) return false
  if (/^[0-9a-f]{12,}$/i.test(word)) return true
  // Digits in the midst of twenty and more: no word does that.
  return word.length >= 20 && /\d[A-Za-z]/.test(word)
}

/** Base64 with padding, or base64 of an e-mail address. */
function isEncoded(word: string): boolean {
  return (word.endsWith('=') && word.length >= 8) || encodesEmail(word)
}

function encodesEmail(word: string): boolean {
  if (word.length < 8 || !/[A-Z]/.test(word) || !/[a-z]/.test(word)) return false
  try {
    return /^[\x20-\x7e]+@[\x20-\x7e]+$/.test(atob(word))
  } catch {
    return false
  }
}

/**
 * Random words change their kind of character all the time. A run of digits counts one, and so does a run of letters
 * without a vowel, a capital beginning a new run: 'iPhone15Pro' has 1, 'dQw4w9WgXcQ' has 7.
 */
function looksRandom(word: string): boolean {
  const letters = /^[A-Za-z+]+$/.test(word)
  if (letters && word.length >= 16 && isUnpronounceable(word)) return true
  const odd = (word.match(/\d+|[A-Z]+[a-z]*|[a-z]+/g) ?? []).filter((run) => !/[aeiouy]/i.test(run)).length
  if (letters) return odd >= 3
  if (word.length >= 10 && /^[A-Z\d]+$/.test(word) && /\d[A-Z]/.test(word)) return true
  if (word.length >= 8 && /^[0-9a-f]+$/i.test(word)) return odd >= 3
  return odd >= 5 || (odd >= 4 && word.length >= 10)
}

/** Long words of few vowels, or with letters side by side that no European language puts there. */
function isUnpronounceable(word: string): boolean {
  const lower = word.toLowerCase()
  if (lower.length >= 40) return true
  const vowels = lower.match(/[aeiouy]/g)?.length ?? 0
  const clashes = lower.match(/q[^uai]|j[bcdfghjklmnpqrstvwxz]|[xz][bdgjkmnqrvx]|v[bcdfghjkmpqwxz]|[bcdfgkmpstvwxz]q/g)
  return vowels * 5 < lower.length || (clashes?.length ?? 0) >= 2
}

/** Ids that use '-' and '_' as letters (nanoid, base64url): separators do not make words of them. */
function isWholeToken(text: string): boolean {
  if (!/^[\w-]{16,}$/.test(text) || !/[A-Z\d]/.test(text)) return false
  const parts = text.split(/[-_]/).filter((part) => part !== '')
  return parts.length > 1 && !parts.some(isWord) && parts.some((part) => looksRandom(part) || isIdentifier(part))
}

function isWord(part: string): boolean {
  return /^\d+$/.test(part) || (/^[A-Za-z]?[a-z]{2,15}$|^[A-Z]{2,15}$/.test(part) && /[aeiouy]/i.test(part))
}

/** Tokens with shreds between them say no more than one token. */
function isShredded(marked: string): boolean {
  return marked.includes(':token') && !/[A-Za-z]{3,}|:email/.test(marked.replace(/:(?:token|id|phone|ip)\b/g, ''))
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
  return /^[\x00-\x7f]*$/.test(text)
}
