// What the roles are called, and what each may. In English.
import { ROLE_MEANINGS, type Role } from '../../access.ts'

const names: Record<Role, string> = { owner: 'owner', manager: 'manager', analyst: 'analyst', viewer: 'viewer' }
const meanings: Record<Role, string> = ROLE_MEANINGS

export const roles = { names, meanings }

export type RolesWords = typeof roles
