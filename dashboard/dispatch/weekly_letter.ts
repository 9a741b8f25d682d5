// The weekly report as a mail: the same words in plain text and in HTML. Read on a phone on Monday morning, so the figures
// come first and nothing is loaded.
import { html } from 'hono/html'
import { BUTTON, type Letter, layOut, SIGNATURE } from '../people/letters.ts'
import type { Words } from '../words.ts'
import { type Figure, type Panel, sayWeekly, type Weekly } from './weekly.ts'

export interface LetterLinks {
  dashboard: string
  /** Ends the subscription, without signing in. */
  farewell: string
}

export async function weeklyLetter(weekly: Weekly, links: LetterLinks, words: Words): Promise<Letter> {
  const { dispatch, sayRange } = words
  const { figures, panels } = sayWeekly(weekly, words)
  const { domain, k } = weekly.site
  const subject = dispatch.subject(domain, headlineOf(figures, words))
  return {
    subject,
    text: weeklyText(weekly, words, links),
    html: await layOut(
      subject,
      html`<p style="margin:0;font-size:14px">${sayRange(weekly.range)}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">${domain}</h1>
<table role="presentation" style="width:100%;border-collapse:collapse"><tr>${figures.map(figureCell)}</tr></table>
<p style="margin:4px 0 0;font-size:14px">${dispatch.weekly.rules(k)}</p>
${panels.map((panel) => panelBlock(panel, words))}
<p style="margin:28px 0"><a href="${links.dashboard}" style="${BUTTON}">${dispatch.weekly.open}</a></p>
<p style="font-size:14px">${dispatch.weekly.why(domain)} <a href="${links.farewell}" style="color:inherit">${dispatch.stop}</a></p>`,
      words,
    ),
  }
}

/** '1,204 visits last week, +12%' */
function headlineOf([visits]: readonly Figure[], { dispatch: { weekly } }: Words): string {
  return visits?.now === undefined ? weekly.nothing : weekly.headline(visits.now, visits.changed)
}

/** Without links there is nothing to open and nothing to end. */
export function weeklyText(weekly: Weekly, words: Words, links?: LetterLinks): string {
  const { dispatch, letters, sayRange } = words
  const { figures, panels } = sayWeekly(weekly, words)
  const { domain, k } = weekly.site
  const said = figures.map(({ title, said, changed }) => dispatch.weekly.figure(title, said, changed))
  const parts = [
    dispatch.weekly.days(domain, sayRange(weekly.range)),
    [...said, dispatch.weekly.rules(k)].join('\n'),
    ...panels.map((panel) => sayPanel(panel, words)),
    ...(links
      ? [
          `${letters.labelled(dispatch.weekly.open)}\n${links.dashboard}`,
          `${dispatch.stopAfter(dispatch.weekly.why(domain))}\n${links.farewell}`,
          SIGNATURE,
        ]
      : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function sayPanel({ title, metric, rows, note }: Panel, { dispatch, sayCount }: Words): string {
  const lines = rows.map(({ name, n, share }) => `  ${sayCount(n)}  ${share === '' ? '' : `(${share})  `}${name}`)
  return [dispatch.weekly.panel(title, metric), ...lines, note].join('\n')
}

const CELL = 'padding:0 12px 0 0;text-align:left;vertical-align:top;font-weight:400'
const SMALL = 'padding:0;text-align:right;font-weight:400;font-size:14px'

function figureCell({ title, said, changed }: Figure) {
  return html`<td style="width:33%;${CELL}"><span style="font-size:14px">${title}</span><br><b style="font-size:24px;line-height:1.3">${said}</b><br><span style="font-size:14px">${changed ?? ''}</span></td>`
}

function panelBlock({ title, metric, rows, note }: Panel, { dispatch: { weekly }, sayCount }: Words) {
  return html`<table style="width:100%;margin-top:24px;border-collapse:collapse;table-layout:fixed">
<tr><th scope="col" style="${CELL};font-weight:600">${title}</th><th scope="col" style="width:104px;${SMALL}">${weekly.counted(metric)}</th><th scope="col" style="width:56px;${SMALL}">${rows.some(({ share }) => share !== '') ? weekly.share : ''}</th></tr>
${rows.map(
  ({ name, n, share, ofLargest }) =>
    html`<tr><td style="padding:5px 12px 5px 0;overflow-wrap:anywhere">${name}<div style="width:${Math.max(1, Math.round(ofLargest * 100))}%;height:3px;margin-top:2px;border-radius:2px;background:#c97a12"></div></td><td style="padding:5px 0;text-align:right;vertical-align:top">${sayCount(n)}</td><td style="padding:5px 0;text-align:right;vertical-align:top;font-size:14px">${share}</td></tr>`,
)}
</table>
<p style="margin:4px 0 0;font-size:14px">${note}</p>`
}
