// Why an address that somebody typed did not answer, as what comes behind its name and a colon. In French.
import type { OutboundWords } from '../en/outbound.ts'

export const outbound: OutboundWords = {
  private: 'son nom mène à une adresse qui n’est pas publique',
  unknown: 'son nom ne mène nulle part',
  unreachable: 'rien n’y répond',
  untrusted: 'son certificat n’est pas reconnu',
  timeout: 'il n’a pas répondu à temps',
  unreadable: 'sa réponse est illisible',
  refused: 'il ne l’accepte pas',
  deferred: 'il ne peut pas l’accepter maintenant',
  malformed: 'ce n’est pas une adresse valable',
  redirects: 'il redirige sans fin',
  status: (status) => `il répond ${status}`,
  elsewhere: (host) => `il redirige vers ${host}, qui n’est aucun des hôtes de ce site`,
}
