// Tables as CSV (RFC 4180), for spreadsheets. Made by the app from what a page shows.

export type Cell = string | number | undefined

/**
 * With a byte order mark: without one Excel takes UTF-8 for something else. Lines end with CRLF, every text stands in
 * quotes, and none can be taken for a formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function writeCsv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${writeLines([head, ...rows])}`
}

/** What follows in a table that is written piece by piece. */
export function writeLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: Cell): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[\s]*[=+\-@|%\t\r]/.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

/** 'example.com-source-2026-03-01-2026-03-31.csv' */
export function csvName(...parts: readonly string[]): string {
  return `${parts.join('-').replace(/[^A-Za-z0-9._-]+/g, '-')}.csv`
}
