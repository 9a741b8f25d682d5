// The languages that Sundial speaks, and which of them a browser asks for. Used by the door, by accounts and by mails.
import type { Context } from 'hono'
import { detectFromHeader } from 'hono/language'

export const LANGUAGES = ['en', 'de', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** How numbers and days are written; English has the day before the month. */
export const LOCALES = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR' } as const satisfies Record<Language, string>

/** Each in itself, for whoever looks for it. */
export const LANGUAGE_NAMES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
} as const satisfies Record<Language, string>

export function languageNamed(name: unknown): Language | undefined {
  return LANGUAGES.find((language) => language === name)
}

/** What Accept-Language prefers of these: 'de-CH' is German. English without any. */
export function languageAccepted(c: Context): Language {
  return languageNamed(detectFromHeader(c, DETECTION)) ?? 'en'
}

const DETECTION: Parameters<typeof detectFromHeader>[1] = {
  order: ['header'],
  lookupFromHeaderKey: 'accept-language',
  supportedLanguages: [...LANGUAGES],
  fallbackLanguage: 'en',
  ignoreCase: true,
  // Never kept: a cookie of its own would be one more than the session's.
  caches: false,
  lookupQueryString: 'lang',
  lookupCookie: 'language',
  lookupFromPathIndex: 0,
}
