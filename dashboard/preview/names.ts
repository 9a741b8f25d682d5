// What the page of the preview tells its script to call things, in the page's language: the script need not carry it in
// every one. Rendered into the page by transparency.tsx.
import type { Site } from '../../collector/sites.ts'
import type { Words } from '../words.ts'

/** By the names of the data contract. */
export interface Names {
  metrics: Readonly<Record<string, string>>
  dimensions: Readonly<Record<string, string>>
  dropReasons: Readonly<Record<string, string>>
  /** Several k: 'fives'. */
  many: string
}

export function namesFor({ k }: Pick<Site, 'k'>, { general, declaration, sayK }: Words): Names {
  return {
    metrics: each(general.metrics, ({ title }) => title),
    dimensions: each(declaration.dimensions, ({ label }) => label),
    dropReasons: declaration.dropReasons,
    many: sayK(k).many,
  }
}

function each<T>(of: Readonly<Record<string, T>>, name: (one: T) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(of).map(([key, one]) => [key, name(one)]))
}
