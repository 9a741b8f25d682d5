// The tag that a site owner copies, and the page of a site that waits for its first visit. In English.
import type { Child } from 'hono/jsx'
import { type Part, rich } from '../rich.ts'

export const tag = {
  replace: (origin: string, code: Part) =>
    rich`Replace ${origin} by the address at which your visitors reach this Sundial; with the setting ${code('PUBLIC_URL')} the tag names it.`,
  notice: (domain: string, kept: Part, record: Part) =>
    rich`Link from your privacy notice ${kept(`what ${domain} keeps of a visit`)}, a page that is open to everybody. For your own files there is a ${record('record of processing')} (Article 30 GDPR) to print.`,

  waiting: 'Waiting for the first visit',
  put: (code: Part, domain: Child) => rich`Put this tag into the ${code('<head>')} of every page of ${domain}:`,
  /** `naming` is what sayNaming says. */
  named: (naming: string) =>
    `A visit shows here within seconds, as a number. Pages, sources and countries show by name later: ${naming}. Before it came that often nothing readable of it is written.`,
  missing: (link: Part) => rich`No visit shows though the tag is there? See ${link('what was not counted, and why')}.`,
  openDemo: 'Open the demo site',
  demoCarries: 'It carries the tag already.',
}

export type TagWords = typeof tag
