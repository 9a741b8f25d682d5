// What the dashboard's pages do more where scripts run; without them every page works as it is. One file to the browser,
// built by build.ts; each module does one thing.
import { readChart } from './chart.ts'
import { rememberSite } from './last_site.ts'
import { keepLive } from './live.ts'
import { tendMenus } from './menus.ts'
import { listen } from './shortcuts.ts'
import { showToday } from './today.ts'
import { readWeek } from './week.ts'

// Before anything of the page is seen, where it leads to another site.
rememberSite(document.currentScript)

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin)
else begin()

function begin(): void {
  readChart()
  readWeek()
  tendMenus()
  listen()
  showToday()
  keepLive(() => {
    readChart()
    readWeek()
    showToday()
  })
}
