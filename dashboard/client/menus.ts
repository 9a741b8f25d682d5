// Menus close by Escape and by a click beside them, and the calendar turns its months and takes arrow keys in its place.
// Without this a menu closes by its own summary, and the calendar's arrows load the page with the calendar open.
import { morph } from './morph.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

export function tendMenus(): void {
  document.addEventListener('click', (event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false
    const arrow = target.closest<HTMLAnchorElement>('.month a')
    if (!arrow || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void turn(arrow)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeAll(event)
    else moveInCalendar(event)
  })
}

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>('.menu[open]')
}

function closeAll(event: KeyboardEvent): void {
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector('summary')?.focus()
    event.preventDefault()
  }
}

function moveInCalendar(event: KeyboardEvent): void {
  const { target } = event
  const by = STEPS[event.key]
  if (by === undefined || !(target instanceof HTMLElement) || !target.matches('.calendar td a')) return
  event.preventDefault()
  const days = [...(target.closest('table')?.querySelectorAll<HTMLElement>('td > *') ?? [])]
  const day = days.indexOf(target) + by
  days[day]?.focus()
}

/** What comes is this very page with another month, of which the calendar alone is taken. */
async function turn(arrow: HTMLAnchorElement): Promise<void> {
  try {
    const answer = await fetch(arrow.href, { redirect: 'error' })
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const [there, after] = [document.querySelector('.calendar'), next.querySelector('.calendar')]
    if (!there || !after) throw new Error('no calendar')
    morph(there, after)
  } catch {
    location.href = arrow.href
  }
}
