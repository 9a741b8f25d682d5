// Reads the heat map of the week by touch and arrow keys: the cell that has the focus shows its words, which the page has
// written into its title (panels/week.tsx). A pointer reads the title itself, and without a script the table says the same.

const ARROWS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** Called again when the page was refreshed; a table that is tended already stays as it is. */
export function readWeek(): void {
  const table = document.querySelector<HTMLTableElement>('table.week')
  if (!table || table.getAttribute('role') === 'grid') return
  // A grid is one stop of the tab key; its cells are walked by arrows: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
  table.setAttribute('role', 'grid')
  const cells = rowsOf(table).flat()
  for (const cell of cells) cell.tabIndex = -1
  stopAt(cells[0])
  table.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target.tagName !== 'TD') return
    stopAt(table.querySelector<HTMLElement>('[tabindex="0"]'), -1)
    stopAt(target)
  })
  readByKeys(table)
  readByTouch(table)
}

function rowsOf(table: HTMLTableElement): HTMLTableCellElement[][] {
  return [...(table.tBodies[0]?.rows ?? [])].map((row) => [...row.querySelectorAll('td')])
}

/** Where the tab key comes back to. */
function stopAt(cell: HTMLElement | null | undefined, index = 0): void {
  if (cell) cell.tabIndex = index
}

function readByKeys(table: HTMLTableElement): void {
  table.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLTableCellElement)) return
    const rows = rowsOf(table)
    const down = rows.findIndex((row) => row.includes(target))
    const row = rows[down] ?? []
    const arrow = ARROWS[key]
    if (key === 'Escape') target.blur()
    else if (key === 'Home') row[0]?.focus()
    else if (key === 'End') row.at(-1)?.focus()
    else if (arrow) rows[down + arrow[0]]?.[row.indexOf(target) + arrow[1]]?.focus()
    else return
    // The arrows and Escape mean something else to the page.
    event.preventDefault()
    event.stopPropagation()
  })
}

/** A finger reads what it lies on, also while it moves along the hours. */
function readByTouch(table: HTMLTableElement): void {
  const read = ({ pointerType, clientX, clientY }: PointerEvent) => {
    if (pointerType !== 'touch') return
    const cell = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('table.week tbody td')
    cell?.focus({ preventScroll: true })
  }
  table.addEventListener('pointerdown', read)
  table.addEventListener('pointermove', read)
}
