// Why an address that somebody typed did not answer, as what comes behind its name and a colon. In German.
import type { OutboundWords } from '../en/outbound.ts'

export const outbound: OutboundWords = {
  private: 'der Name führt zu einer Adresse, die nicht öffentlich ist',
  unknown: 'der Name führt nirgendwohin',
  unreachable: 'dort antwortet nichts',
  untrusted: 'dem Zertifikat wird nicht vertraut',
  timeout: 'die Antwort kam nicht rechtzeitig',
  unreadable: 'die Antwort ist nicht lesbar',
  refused: 'es wurde nicht angenommen',
  deferred: 'es kann gerade nicht angenommen werden',
  malformed: 'das ist keine gültige Adresse',
  redirects: 'die Adresse leitet immer weiter',
  status: (status) => `die Antwort ist ${status}`,
  elsewhere: (host) => `die Adresse leitet zu ${host} weiter, und das ist kein Host dieser Website`,
}
