// Keeps the page of a period that is running up to date: asks for the same address twice a minute and changes what
// differs. Not while nobody looks, and not while somebody reads a menu, writes or selects.
import { morph } from './morph.ts'

const EVERY = 30_000

export function keepLive(refreshed: () => void): void {
  let asked = Date.now()
  const look = async () => {
    if (!isWanted() || Date.now() - asked < EVERY) return
    asked = Date.now()
    if (await refresh()) refreshed()
  }
  // More often than it asks, so that who returns or closes a menu does not wait for the next half minute.
  setInterval(look, 1000)
  document.addEventListener('visibilitychange', look)
}

function isWanted(): boolean {
  return !document.hidden && document.querySelector('[data-live]') !== null && !isBusy()
}

function isBusy(): boolean {
  const writes = document.activeElement?.matches('input, select, textarea') ?? false
  return writes || document.querySelector('.menu[open], dialog[open]') !== null || getSelection()?.isCollapsed === false
}

async function refresh(): Promise<boolean> {
  const next = await ask()
  // Another page, such as the one to sign in, is not shown in this one's place.
  if (!next?.querySelector('[data-live]') || isBusy()) return false
  for (const part of ['.period', 'main']) {
    const [there, after] = [document.querySelector(part), next.querySelector(part)]
    if (there && after) morph(there, after)
  }
  document.title = next.title
  return true
}

/** Without an answer the page stays as it is, until the next time. */
async function ask(): Promise<Document | undefined> {
  try {
    const answer = await fetch(location.href, { redirect: 'error' })
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined
  } catch {
    return undefined
  }
}
