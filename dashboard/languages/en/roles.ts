// What the roles are called, and what each may. In English.
import type { Role } from '../../access.ts'

const names: Record<Role, string> = { owner: 'owner', manager: 'manager', analyst: 'analyst', viewer: 'viewer' }
const meanings: Record<Role, string> = {
  owner: 'Everything, also other owners and the end of the organization.',
  manager: 'Sites and their periods, deleting, tokens, and the people below them.',
  analyst: 'Reads every site and writes notes.',
  viewer: 'Reads the sites chosen for them.',
}

export const roles = { names, meanings }

export type RolesWords = typeof roles
