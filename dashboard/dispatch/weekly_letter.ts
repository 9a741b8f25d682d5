// The weekly report as a mail: the same words in plain text and in HTML. Read on a phone on Monday morning, so the figures
// come first and nothing is loaded.
import { html } from 'hono/html'
import { BUTTON, type Letter, layOut, SIGNATURE } from '../people/letters.ts'
import { sayCount, sayK, sayRange } from '../words.ts'
import type { Figure, Panel, Weekly } from './weekly.ts'

export interface LetterLinks {
  dashboard: string
  /** Ends the subscription, without signing in. */
  farewell: string
}

export async function weeklyLetter(weekly: Weekly, links: LetterLinks): Promise<Letter> {
  const { domain } = weekly.site
  const days = sayRange(weekly.range)
  const subject = `${domain}: ${headlineOf(weekly)}`
  return {
    subject,
    text: textOf(weekly, links),
    html: await layOut(
      subject,
      html`<p style="margin:0;font-size:14px">${days}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">${domain}</h1>
<table role="presentation" style="width:100%;border-collapse:collapse"><tr>${weekly.figures.map(figureCell)}</tr></table>
<p style="margin:4px 0 0;font-size:14px">${sayRules(weekly)}</p>
${weekly.panels.map(panelBlock)}
<p style="margin:28px 0"><a href="${links.dashboard}" style="${BUTTON}">Open this week</a></p>
<p style="font-size:14px">${WHY(domain)} <a href="${links.farewell}" style="color:inherit">Stop these mails</a></p>`,
    ),
  }
}

/** '1,204 visits, +12%' */
export function headlineOf({ figures }: Pick<Weekly, 'figures'>): string {
  const [visits] = figures
  if (visits?.now === undefined) return 'nothing was counted last week'
  const changed = visits.changed === undefined ? '' : `, ${visits.changed}`
  return `${visits.said} ${visits.now === 1 ? 'visit' : 'visits'} last week${changed}`
}

export function textOf(weekly: Weekly, links?: LetterLinks): string {
  const { site, range, figures, panels } = weekly
  const parts = [
    `${site.domain}, ${sayRange(range)}`,
    `${figures.map(sayFigure).join('\n')}\n${sayRules(weekly)}`,
    ...panels.map(sayPanel),
    ...(links
      ? [`Open this week:\n${links.dashboard}`, `${WHY(site.domain)} Stop these mails:\n${links.farewell}`, SIGNATURE]
      : []),
  ]
  return `${parts.join('\n\n')}\n`
}

const sayRules = ({ site }: Weekly) =>
  `Changes are against the week before. Whatever has a name is counted in ${sayK(site.k).many}.`
const WHY = (domain: string) => `You chose the weekly report of ${domain}.`

function sayFigure({ title, said, changed }: Figure): string {
  return `${title}: ${said}${changed === undefined ? '' : ` (${changed})`}`
}

function sayPanel({ title, counted, rows, note }: Panel): string {
  const lines = rows.map(({ name, n, share }) => `  ${sayCount(n)}  ${share === '' ? '' : `(${share})  `}${name}`)
  return [`${title}, by ${counted}`, ...lines, note].join('\n')
}

const CELL = 'padding:0 12px 0 0;text-align:left;vertical-align:top;font-weight:400'

function figureCell({ title, said, changed }: Figure) {
  return html`<td style="width:33%;${CELL}"><span style="font-size:14px">${title}</span><br><b style="font-size:24px;line-height:1.3">${said}</b><br><span style="font-size:14px">${changed ?? ''}</span></td>`
}

function panelBlock({ title, counted, rows, note }: Panel) {
  return html`<table style="width:100%;margin-top:24px;border-collapse:collapse;table-layout:fixed">
<tr><th scope="col" style="${CELL};font-weight:600">${title}</th><th scope="col" style="width:92px;padding:0;text-align:right;font-weight:400;font-size:14px">${counted}</th><th scope="col" style="width:52px;padding:0;text-align:right;font-weight:400;font-size:14px">${rows.some(({ share }) => share !== '') ? 'share' : ''}</th></tr>
${rows.map(
  ({ name, n, share, ofLargest }) =>
    html`<tr><td style="padding:5px 12px 5px 0;overflow-wrap:anywhere">${name}<div style="width:${Math.max(1, Math.round(ofLargest * 100))}%;height:3px;margin-top:2px;border-radius:2px;background:#c97a12"></div></td><td style="padding:5px 0;text-align:right;vertical-align:top">${sayCount(n)}</td><td style="padding:5px 0;text-align:right;vertical-align:top;font-size:14px">${share}</td></tr>`,
)}
</table>
<p style="margin:4px 0 0;font-size:14px">${note}</p>`
}
