// Shows the number of today's visits in the page's icon, where the page says it (data-today). The title says it itself.

export function showToday(): void {
  const today = document.querySelector<HTMLElement>('main [data-today]')?.dataset.today
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  if (!icon || today === undefined || icon.dataset.today === today) return
  icon.dataset.today = today
  icon.href = `data:image/svg+xml,${encodeURIComponent(iconWith(short(Number(today))))}`
}

/** Three signs at most. */
function short(n: number): string {
  if (n < 1000) return String(n)
  return n < 1_000_000 ? `${Math.floor(n / 1000)}k` : '1M'
}

function iconWith(number: string): string {
  const size = [26, 22, 17, 14][number.length - 1] ?? 14
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#f5b04a"/><text x="16" y="16" dy=".36em" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" text-anchor="middle" fill="#3b1d03">${number}</text></svg>`
}
