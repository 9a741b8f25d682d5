// The mails about a site: the weekly report and the alerts. In German.
import type { Metric } from '../../../collector/contract.ts'
import type { DispatchWords } from '../en/dispatch.ts'
import { FORMATS } from '../format.ts'
import { general } from './general.ts'

const { plural, form, sayCount } = FORMATS.de

export const dispatch: DispatchWords = {
  subject: (domain, what) => `${domain}: ${what}`,
  stop: 'Diese E-Mails beenden',
  stopAfter: (why) => `${why} Diese E-Mails beenden:`,

  weekly: {
    nothing: 'letzte Woche wurde nichts gezählt',
    headline: (visits, changed) =>
      `${plural(visits, 'Besuch', 'Besuche')} letzte Woche${changed === undefined ? '' : `, ${changed}`}`,
    days: (domain, days) => `${domain}, ${days}`,
    figure: (title, said, changed) => `${title}: ${said}${changed === undefined ? '' : ` (${changed})`}`,
    rules: (k) =>
      `Veränderungen gelten gegenüber der Woche davor. Alles, was einen Namen hat, wird in ${general.ks[k].many}n gezählt.`,
    counted: (metric) => general.metrics[metric].many,
    panel: (title, metric) => `${title}, nach ${dative(metric)}`,
    share: 'Anteil',
    open: 'Diese Woche öffnen',
    why: (domain) => `Sie haben den Wochenbericht von ${domain} gewählt.`,
  },

  alert: {
    why: (domain) => `Sie haben die Hinweise zu ${domain} gewählt. Von jeder Art gibt es höchstens einen am Tag.`,
    usual: (n) =>
      `Üblich ${form(n, 'wäre', 'wären')} ${sayCount(n)}: der Median derselben Stunden in den letzten Wochen.`,
    spike: {
      what: 'viel mehr Besuche als üblich',
      came: (visits, domain, { hour, day }) =>
        `${plural(visits, 'Besuch kam', 'Besuche kamen')} in der Stunde bis ${hour} Uhr am ${day} auf ${domain}.`,
      look: 'Ansehen, woher sie kommen',
    },
    silence: {
      what: 'keine Besuche, wo es sonst welche gibt',
      noneCame: (hours, domain, { hour, day }) =>
        `${hours === 1 ? 'In der Stunde' : `In den ${hours} Stunden`} bis ${hour} Uhr am ${day} wurde kein Besuch auf ${domain} gezählt.`,
      maybe:
        'Vielleicht ist die Website nicht erreichbar, ihr Skript fehlt oder ist blockiert, oder Sundial selbst lief nicht.',
      look: 'Den Zustand der Website ansehen',
    },
  },
}

/** After 'nach': 'nach Besuchen', 'nach Seitenaufrufen'. */
function dative(metric: Metric): string {
  const { many } = general.metrics[metric]
  return many.endsWith('n') ? many : `${many}n`
}
