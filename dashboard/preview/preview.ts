// The script of the preview page: runs the tracker dry for an imagined page of the site and shows each message it would
// send, byte by byte, with the counters that it would increment. Speaks the language of the page, of which it carries only
// its own messages. Built by build.ts; it makes no request.
import { PROFILES, TOTALS } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { preview as de } from '../languages/de/preview.ts'
import { preview as en, type PreviewWords } from '../languages/en/preview.ts'
import { preview as fr } from '../languages/fr/preview.ts'
import { type Language, languageNamed } from '../languages/language.ts'
import { type Counter, countersOf, createCounting, headersOf, type Outcome } from './counted.ts'
import { type Message, startDryRun } from './dry_run.ts'
import type { Names } from './names.ts'

export interface PreviewSettings {
  site: Site
  /** Address of the script in the site's tag. */
  script: string
  names: Names
}

const WORDS = { en, de, fr } as const satisfies Record<Language, PreviewWords>
const words = WORDS[languageNamed(document.documentElement.lang) ?? 'en']

const root = document.getElementById('preview')
if (root) open(root, JSON.parse(root.dataset.settings ?? ''))

function open(root: HTMLElement, { site, script, names }: PreviewSettings): void {
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
        order = order.then(async () => told.append(shown(message, await count(message.body), { site, names })))
      },
    })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    run()
  })
  root.append(form, panel(words.headers, seen(headers)), messages)
  run()
}

/** Which page, reached from where: this page cannot know. */
function imagination(site: Site) {
  const cameFrom = URL.parse(document.referrer)
  const own = cameFrom !== null && site.hosts.includes(cameFrom.hostname)
  const page = element('input', { type: 'url', required: true, name: 'page' })
  page.value = own ? cameFrom.href : `https://${site.domain}/`
  const referrer = element('input', { type: 'url', name: 'referrer', placeholder: words.noReferrer })
  referrer.value = own ? '' : document.referrer
  const form = element('form', { className: 'panel imagined' }, [
    element('h2', {}, [words.imagine]),
    element('label', {}, [words.page, page]),
    element('label', {}, [words.referrer, referrer]),
    element('button', { type: 'submit' }, [words.show]),
  ])
  return { form, page, referrer }
}

/** Why nothing would be sent, where that is so. */
function refusals(headers: ReturnType<typeof headersOf>): HTMLElement[] {
  const why = [
    ...(headers['sec-gpc'] ? [words.globalPrivacyControl] : []),
    ...(headers.dnt ? [words.doNotTrack] : []),
    ...(navigator.webdriver ? [words.automated] : []),
  ]
  if (why.length === 0) return []
  return [panel(words.silent, [element('p', {}, [words.because(why)])])]
}

function seen(headers: ReturnType<typeof headersOf>): HTMLElement[] {
  const rows = Object.entries(headers).map(([name, value]) =>
    element('div', {}, [
      element('dt', {}, [element('code', {}, [name])]),
      element('dd', {}, [value === undefined ? words.notSent : element('code', {}, [value])]),
    ]),
  )
  return [element('p', {}, [words.headersRead]), element('dl', { className: 'facts' }, rows)]
}

type Told = Pick<PreviewSettings, 'site' | 'names'>

function shown({ to, method, body, cookies }: Message, outcome: Outcome, told: Told): HTMLElement {
  const bytes = new TextEncoder().encode(body).length
  return panel(titleOf(body), [
    element('p', { className: 'hint' }, [words.posted(`${method} ${to}`, bytes, cookies !== 'omit')]),
    element('pre', { className: 'tag body' }, [body]),
    ...toldOf(outcome, told),
  ])
}

/** Which of the tracker's messages it is. */
function titleOf(body: string): string {
  const { n } = JSON.parse(body)
  if (n === 'pageview') return words.opening
  return n === 'engagement' ? words.staying : words.event(n)
}

function toldOf(outcome: Outcome, told: Told): HTMLElement[] {
  const { site, names } = told
  if ('refused' in outcome) return [element('p', {}, [words.refused(outcome.refused)])]
  if ('dropped' in outcome) {
    const { dropped, noted } = outcome
    const sentence = element('p', {}, [words.dropped(names.dropReasons[dropped] ?? dropped)])
    return noted ? [sentence, table(countersOf(noted, site), [], told)] : [sentence]
  }
  const { counted, event } = outcome
  const hour = `${String(event.hour).padStart(2, '0')}:00`
  const exact = TOTALS.days
    .filter((metric) => counted.totals[metric] > 0)
    .map((metric) => words.totals[metric](event.day, hour))
  return [element('p', {}, [words.counted]), table(countersOf(counted, site), exact, told)]
}

function table(counters: readonly Counter[], exact: readonly string[], { site, names }: Told): HTMLElement {
  const head = words.head.map((title) => element('th', {}, [title]))
  const several = PROFILES[site.profile].strata !== undefined
  return element('table', { className: 'told-rows' }, [
    element('thead', {}, [element('tr', {}, head)]),
    element('tbody', {}, [
      ...exact.map((total) => row(words.total, [total], words.exact)),
      ...counters.map(({ metric, attributes, namedAfter }) =>
        row(
          names.metrics[metric] ?? metric,
          attributes.map(({ dimension, value }) =>
            words.value(names.dimensions[dimension] ?? dimension, dimension === 'country' ? words.country : value),
          ),
          words.written({ many: names.many, times: attributes.length > 1 ? undefined : namedAfter, several }),
        ),
      ),
    ]),
  ])
}

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
