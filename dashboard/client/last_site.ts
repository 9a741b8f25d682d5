// Remembers which site this browser looked at last, for the address that names none. In local storage, so that it is sent
// nowhere; only where there are several sites to choose from. The page on shortcuts says so.

const KEY = 'sundial.site'

/** The script's own element says the site of the page, or, where the address named none, all there are. */
export function rememberSite(script: HTMLOrSVGScriptElement | null): void {
  const { site, sites } = script?.dataset ?? {}
  try {
    if (site !== undefined) localStorage.setItem(KEY, site)
    const last = localStorage.getItem(KEY)
    if (sites !== undefined && last !== null && sites.split(' ').slice(1).includes(last)) {
      location.replace(`?${new URLSearchParams({ site: last })}`)
    }
  } catch {
    // A browser that stores nothing remembers nothing.
  }
}
