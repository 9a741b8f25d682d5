// The script of the preview page: runs the tracker dry for an imagined page of the site and shows each message it would
// send, byte by byte, with the counters that it would increment. Built by build.ts; it makes no request.
import { PROFILES, TOTALS } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { METRIC_WORDS, sayK } from '../words.ts'
import { type Counter, countersOf, createCounting, headersOf, type Outcome } from './counted.ts'
import { type Message, startDryRun } from './dry_run.ts'

export interface PreviewSettings {
  site: Site
  /** Address of the script in the site's tag. */
  script: string
}

const root = document.getElementById('preview')
if (root) open(root, JSON.parse(root.dataset.settings ?? ''))

function open(root: HTMLElement, { site, script }: PreviewSettings): void {
  const headers = headersOf(navigator)
  const sent = new Map<string, string | undefined>(Object.entries(headers))
  const count = createCounting({ site, header: (name) => sent.get(name), now: Date.now })
  const { form, page, referrer } = imagination(site)
  const messages = element('div', {})
  messages.setAttribute('aria-live', 'polite')
  let stop = () => {}
  let order = Promise.resolve()

  function run(): void {
    stop()
    // Of its own: what an earlier run still has under way is shown nowhere.
    const told = element('div', { className: 'messages' }, refusals(headers))
    messages.replaceChildren(told)
    const address = URL.parse(page.value)
    if (!address || !page.checkValidity()) return
    stop = startDryRun({
      page: address,
      referrer: URL.parse(referrer.value)?.href ?? '',
      domain: site.domain,
      script,
      sent(message) {
        // In the order of sending, whatever the steps wait for.
        order = order.then(async () => told.append(shown(message, await count(message.body), site)))
      },
    })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    run()
  })
  root.append(form, panel('Headers that go with it', seen(headers)), messages)
  run()
}

/** Which page, reached from where: this page cannot know. */
function imagination(site: Site) {
  const cameFrom = URL.parse(document.referrer)
  const own = cameFrom !== null && site.hosts.includes(cameFrom.hostname)
  const page = element('input', { type: 'url', required: true, name: 'page' })
  page.value = own ? cameFrom.href : `https://${site.domain}/`
  const referrer = element('input', { type: 'url', name: 'referrer', placeholder: 'nothing: typed, or a bookmark' })
  referrer.value = own ? '' : document.referrer
  const form = element('form', { className: 'panel imagined' }, [
    element('h2', {}, ['Imagine that you open']),
    element('label', {}, ['this page of the site', page]),
    element('label', {}, ['coming from', referrer]),
    element('button', { type: 'submit' }, ['Show what would be sent']),
  ])
  return { form, page, referrer }
}

/** Why nothing would be sent, where that is so. */
function refusals(headers: ReturnType<typeof headersOf>): HTMLElement[] {
  const why = [
    ...(headers['sec-gpc'] ? ['it says Global Privacy Control'] : []),
    ...(headers.dnt ? ['it says Do Not Track'] : []),
    ...(navigator.webdriver ? ['it is automated'] : []),
  ]
  if (why.length === 0) return []
  return [panel('Your browser would send nothing', [element('p', {}, [`Because ${why.join(' and ')}.`])])]
}

function seen(headers: ReturnType<typeof headersOf>): HTMLElement[] {
  const rows = Object.entries(headers).map(([name, value]) =>
    element('div', {}, [
      element('dt', {}, [element('code', {}, [name])]),
      element('dd', {}, [value === undefined ? 'not sent' : element('code', {}, [value])]),
    ]),
  )
  return [
    element('p', {}, [
      'Your browser attaches headers by itself. The collector reads these, whether the page was only fetched in advance, and the address that the connection comes from; this page does not know that address.',
    ]),
    element('dl', { className: 'facts' }, rows),
  ]
}

function shown({ to, method, body, cookies }: Message, outcome: Outcome, site: Site): HTMLElement {
  const bytes = new TextEncoder().encode(body).length
  return panel(titleOf(body), [
    element('p', { className: 'hint' }, [
      `${method} ${to} · ${bytes} bytes · ${cookies === 'omit' ? 'no cookies' : `cookies: ${cookies}`}`,
    ]),
    element('pre', { className: 'tag body' }, [body]),
    ...toldOf(outcome, site),
  ])
}

/** Which of the tracker's messages it is. */
function titleOf(body: string): string {
  const { n } = JSON.parse(body)
  if (n === 'pageview') return 'As the page opens'
  return n === 'engagement' ? 'As you stay, or leave' : `Event ${n}`
}

function toldOf(outcome: Outcome, site: Site): HTMLElement[] {
  if ('refused' in outcome) return [element('p', {}, [`It would be refused: ${outcome.refused}.`])]
  if ('dropped' in outcome) {
    const { means, noted } = outcome
    const sentence = element('p', {}, [`It would not be counted: ${means}.`])
    return noted ? [sentence, table(countersOf(noted, site), [], site)] : [sentence]
  }
  const { counted, event } = outcome
  const hour = `${String(event.hour).padStart(2, '0')}:00`
  const exact = TOTALS.days
    .filter((metric) => counted.totals[metric] > 0)
    .map((metric) => {
      const day = `${METRIC_WORDS[metric].title} of ${event.day}`
      return metric === 'visits' ? `${day}, and of its hour from ${hour} on` : day
    })
  return [
    element('p', {}, ['It would add one to each of these, and then be forgotten:']),
    table(countersOf(counted, site), exact, site),
  ]
}

function table(counters: readonly Counter[], exact: readonly string[], site: Site): HTMLElement {
  const head = ['Plus one', 'For', 'Written'].map((title) => element('th', {}, [title]))
  return element('table', { className: 'told-rows' }, [
    element('thead', {}, [element('tr', {}, head)]),
    element('tbody', {}, [
      ...exact.map((total) => row('Total', [total], 'at once, exact')),
      ...counters.map(({ metric, attributes, namedAfter }) =>
        row(
          METRIC_WORDS[metric].title,
          attributes.map(({ dimension, label, value }) => `${label}: ${dimension === 'country' ? COUNTRY : value}`),
          `in whole ${sayK(site.k).many}, ${attributes.length > 1 ? 'once both are named' : `once it came ${namedAfter} times in a month`}${fromSeveral(site)}`,
        ),
      ),
    ]),
  ])
}

function fromSeveral({ profile }: Site): string {
  return PROFILES[profile].strata ? ', from several countries or browsers' : ''
}

const COUNTRY = 'that of your address, which only the collector sees'

function row(metric: string, values: readonly string[], written: string): HTMLElement {
  const heading = element('th', { scope: 'row' }, [metric])
  const cell = element(
    'td',
    {},
    values.map((value) => element('div', {}, [value])),
  )
  return element('tr', {}, [heading, cell, element('td', {}, [written])])
}

function panel(title: string, children: readonly (Node | string)[]): HTMLElement {
  return element('section', { className: 'panel' }, [element('h2', {}, [title]), ...children])
}

/** Texts become text nodes: nothing that is shown here is ever read as markup. */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
