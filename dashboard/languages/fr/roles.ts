// What the roles are called, and what each may. In French.
import type { RolesWords } from '../en/roles.ts'

export const roles: RolesWords = {
  names: { owner: 'propriétaire', manager: 'gestionnaire', analyst: 'analyste', viewer: 'lecteur' },
  meanings: {
    owner: 'Tout, y compris les autres propriétaires et la fin de l’organisation.',
    manager: 'Les sites et leurs durées, la suppression, les jetons et les personnes de rang inférieur.',
    analyst: 'Lit tous les sites et écrit des notes.',
    viewer: 'Lit seulement les sites choisis.',
  },
}
