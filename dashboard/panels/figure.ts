// The figures of the strip of totals: what each measures, how it is said, and which way is better. Used by totals.tsx and
// figure_change.tsx.

import type { Basis } from '../reports/metric.ts'
import type { TotalsReport } from '../reports/totals.ts'
import { DRAWN, type Drawn, type View } from '../view.ts'
import type { Words } from '../words.ts'
import { MEASURES, type Measure } from './drawn.ts'

export interface Figure extends Pick<Measure, 'needs' | 'isRate' | 'of'> {
  name: Drawn
  say(number: number, words: Words): string
  /** More is better, worse, or neither. */
  better: 1 | -1 | 0
}

/** Those that this report has measured. */
export function figuresOf({ measured }: TotalsReport): Figure[] {
  return DRAWN.map((name) => ({ name, ...MEASURES[name], ...SHOWN[name] })).filter(({ needs }) =>
    needs.every((metric) => measured.has(metric)),
  )
}

const counted = { say: sayTotal, better: 1 } as const

const SHOWN: Readonly<Record<Drawn, Pick<Figure, 'say' | 'better'>>> = {
  visits: counted,
  pageviews: counted,
  views_per_visit: { say: (n, { sayRatio }) => sayRatio(n), better: 0 },
  bounce_rate: { say: (n, { sayPercent }) => sayPercent(n), better: -1 },
  events: counted,
}

function sayTotal(n: number, { sayCount, sayCompact }: Words): string {
  return n < 100_000 ? sayCount(n) : sayCompact(n)
}

export function basisOf({ site }: View, { exact, engages }: TotalsReport): Basis {
  return { k: site.k, exact, engages }
}
