// Reads the chart by pointer, touch and arrow keys: the column that is read shows its words, and by keyboard they are
// announced. The columns and all words are the page's own (panels/chart.tsx); data-at marks the one that is read.

const ARROWS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }

/** Called again when the page was refreshed; a chart that is tended already stays as it is. */
export function readChart(): void {
  const plot = document.querySelector<HTMLElement>('.plot')
  const tips = plot?.querySelector<HTMLElement>('.tips')
  if (!plot || !tips || tips.dataset.read !== undefined) return
  // From here on a column shows its words when it is read, not when it is hovered.
  tips.dataset.read = ''
  plot.tabIndex = 0
  plot.setAttribute('role', 'application')
  plot.setAttribute('aria-label', plot.dataset.reading ?? '')
  readByKeys(plot, tips)
  readByPointer(plot, tips)
}

function readByKeys(plot: HTMLElement, tips: HTMLElement): void {
  plot.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const last = tips.children.length - 1
    const at = atOf(tips)
    const by = ARROWS[event.key]
    if (by !== undefined) show(tips, Math.min(last, Math.max(0, at === undefined ? lastKnown(tips) : at + by)))
    else if (event.key === 'Home') show(tips, 0)
    else if (event.key === 'End') show(tips, last)
    else if (event.key === 'Escape' && at !== undefined) show(tips, undefined)
    else if (event.key === 'Enter' && at !== undefined) return open(tips.children[at])
    else return
    event.preventDefault()
    event.stopPropagation()
    say(plot, tips)
  })
  plot.addEventListener('blur', () => show(tips, undefined))
}

function readByPointer(plot: HTMLElement, tips: HTMLElement): void {
  let touched: number | undefined
  let isTouch = false
  const point = (event: PointerEvent) => {
    const { left, width } = tips.getBoundingClientRect()
    const count = tips.children.length
    show(tips, Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * count))))
  }
  plot.addEventListener('pointerdown', (event) => {
    isTouch = event.pointerType === 'touch'
    touched = atOf(tips)
    if (isTouch) point(event)
  })
  plot.addEventListener('pointermove', point)
  plot.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch') show(tips, undefined)
  })
  // The first touch of a column reads it, the second opens it.
  plot.addEventListener('click', (event) => {
    if (isTouch && touched !== atOf(tips)) event.preventDefault()
  })
}

function atOf(tips: Element): number | undefined {
  const at = [...tips.children].findIndex((column) => column.hasAttribute('data-at'))
  return at < 0 ? undefined : at
}

/** The keys begin at the latest number there is. */
function lastKnown(tips: Element): number {
  return [...tips.children].findLastIndex((column) => column.querySelector('b'))
}

function show(tips: Element, at: number | undefined): void {
  tips.querySelector('[data-at]')?.removeAttribute('data-at')
  if (at !== undefined) tips.children[at]?.setAttribute('data-at', '')
}

function open(column: Element | undefined): void {
  if (column instanceof HTMLAnchorElement) column.click()
}

function say(plot: Element, tips: Element): void {
  const live = plot.querySelector('[aria-live]')
  const words = tips.querySelector('[data-at] > span')?.children ?? []
  if (live) live.textContent = [...words].map(({ textContent }) => textContent).join(', ')
}
