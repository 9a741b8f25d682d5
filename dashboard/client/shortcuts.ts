// Keys for what a page offers anyway: an element that names a key (aria-keyshortcuts, or data-keys for two in a row) is
// opened or focused by it. `?` shows the sheet of all of them.

/** So long a first key waits for its second. */
const PATIENCE = 1500

export function listen(): void {
  let first = ''
  let since = 0
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if (isWriting(event.target) || document.querySelector('dialog[open]')) return
    const before = Date.now() - since < PATIENCE ? first : ''
    first = event.key
    since = Date.now()
    const found = findFor(before, event.key)
    if (!found) return
    event.preventDefault()
    first = ''
    use(found)
  })
  document.addEventListener('click', (event) => {
    const sheet = document.querySelector('dialog')
    const { target } = event
    if (!sheet || !(target instanceof Element)) return
    // A click on the backdrop is one on the dialog itself.
    if (target === sheet || target.closest('dialog .close')) sheet.close()
    else if (target.closest('a[aria-keyshortcuts="?"]')) {
      event.preventDefault()
      sheet.showModal()
    }
  })
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, textarea')
}

function findFor(before: string, key: string): HTMLElement | undefined {
  const twice = find('data-keys', `${before} ${key}`)
  return (before === '' ? undefined : twice) ?? find('aria-keyshortcuts', key)
}

/** Compared, not selected: a key may be a quotation mark. */
function find(attribute: string, keys: string): HTMLElement | undefined {
  const named = document.querySelectorAll<HTMLElement>(`[${attribute}]`)
  return [...named].find((element) => element.getAttribute(attribute) === keys)
}

function use(element: HTMLElement): void {
  if (element instanceof HTMLInputElement) {
    element.focus()
    element.select()
  } else {
    element.click()
    if (element.tagName === 'SUMMARY') enter(element.parentElement)
  }
}

/** Into a menu that has just been opened: to what is chosen there. */
function enter(menu: HTMLElement | null): void {
  const chosen = menu?.querySelector<HTMLElement>('a[aria-current=true]') ?? menu?.querySelector<HTMLElement>('a')
  chosen?.focus()
}
