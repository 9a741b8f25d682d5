// What a restore does about people: whoever was signed in when the backup was made, or held a link that was used since,
// must not come in by it again. Called by restore.ts.
import type { Statement } from '../../collector/ledger.ts'

/** Ends every session and every one-time link. People, roles and tokens stay as they were. */
export const CLOSING: readonly Statement[] = ['session', 'verification', 'links'].map((table) => ({
  sql: `/* people.restored */ DELETE FROM "${table}"`,
  params: [],
}))

/** For the operator, who may know better than the backup who belongs here. */
export const RESTORED_PEOPLE =
  'Everybody signs in anew. Organizations, members with their roles and passwords, tokens and share links are as they were then: remove again whoever was removed since.'
