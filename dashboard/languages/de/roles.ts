// What the roles are called, and what each may. In German.
import type { RolesWords } from '../en/roles.ts'

export const roles: RolesWords = {
  names: { owner: 'Inhaber', manager: 'Verwalter', analyst: 'Analyst', viewer: 'Leser' },
  meanings: {
    owner: 'Alles, auch andere Inhaber und das Ende der Organisation.',
    manager: 'Websites und ihre Fristen, Löschen, Tokens und die Personen unter ihnen.',
    analyst: 'Liest jede Website und schreibt Notizen.',
    viewer: 'Liest nur ausgewählte Websites.',
  },
}
