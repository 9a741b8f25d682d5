// Sentences with markup within, for the messages of each language: rich`Read ${link('how')} first.`, where the page says
// what a link is. Text stays text: hono/jsx escapes it where it is rendered.
import type { Child } from 'hono/jsx'

/** A part of a sentence that the page marks up: a link, a key, a name in bold. */
export type Part = (text: string) => Child

export function rich(texts: TemplateStringsArray, ...parts: Child[]): Child[] {
  return texts.flatMap((text, i) => (i < parts.length ? [text, parts[i] ?? ''] : [text]))
}
