// Figures as a table: what every section of the bench returns, printed and written as JSON by bench.ts.

export type Cell = string | number
export interface Table {
  title: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  /** How to read it: what was measured, how, and what was not. */
  notes?: readonly string[]
}

export function print({ title, columns, rows, notes = [] }: Table): string {
  const texts = [columns, ...rows].map((row) => row.map(shown))
  const widths = columns.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  const lines = texts.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return ['', title, ...lines.slice(0, 1), rule, ...lines.slice(1), ...notes.map((note) => `  ${note}`)].join('\n')
}

/** Three figures that matter, and whole thousands set apart. */
function shown(cell: Cell): string {
  if (typeof cell === 'string') return cell
  if (!Number.isFinite(cell)) return '-'
  if (Number.isInteger(cell) || Math.abs(cell) >= 1000) return Math.round(cell).toLocaleString('en')
  return String(Number(cell.toPrecision(3)))
}
