// One's own account: name, address, password, second factor, the end of it. Mounted by dashboard.ts; what could be misused
// at an unlocked screen asks for the password again.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { ClientAddress } from '../collector/client_address.ts'
import type { Door, MemberGuest } from './door.tsx'
import { languageNamed } from './languages/language.ts'
import type { Mailer } from './mailer.ts'
import { AccountPage, DeleteAccountPage, type FormOfAccount, type NewsOfAccount } from './pages/account.tsx'
import { RecoveryCodesPage, ScanPage } from './pages/second_factor.tsx'
import { emailAddress, given, named, newPassword, sentencesOf } from './people/account_form.ts'
import type { Accounts } from './people/accounts.ts'
import type { Attempts } from './people/attempts.ts'
import type { Auth, Refused } from './people/auth.ts'
import { addressChangedLetter } from './people/letters.ts'
import { bring, tooMany } from './sign_in.tsx'
import type { Words } from './words.ts'

export interface AccountDeps {
  door: Door
  auth: Auth
  accounts: Accounts
  attempts: Attempts
  /** Asked, never kept. */
  clientAddress: ClientAddress
  basePath: string
  mailer: Mailer | undefined
  /** Does what nobody waits for once the answer is on its way. */
  afterAnswer: (c: Context, work: () => Promise<void>) => void
  report: (problem: string, error: unknown) => void
}

export function createAccount(deps: AccountDeps): Hono {
  const { door, auth, accounts, attempts, basePath, mailer } = deps
  const app = new Hono()

  door.on(app, 'GET /account', (c, guest) => show(c, guest))

  door.on(app, 'POST /account/name', async (c, guest) => {
    const read = nameForm.safeParse(await c.req.parseBody())
    if (!read.success) return refuse(c, guest, 'name', sentencesOf(read.error, door.words(c)))
    await auth.rename(idOf(guest), read.data.name)
    return done(c, 'name')
  })

  door.on(app, 'POST /account/language', async (c, guest) => {
    const { language } = languageForm.parse(await c.req.parseBody())
    await auth.speak(idOf(guest), languageNamed(language))
    return done(c, 'language')
  })

  door.on(app, 'POST /account/email', async (c, guest) => {
    const read = emailForm.safeParse(await c.req.parseBody())
    if (!read.success) return refuse(c, guest, 'email', sentencesOf(read.error, door.words(c)))
    // Each change writes to the address before, which may be a stranger's: to and fro must not fill their mailbox.
    if (!attempts.allowsFrom(deps.clientAddress(c))) return tooMany(c, guest, door)
    const { email, password } = read.data
    const checked = await withPassword(guest, password)
    if (!('right' in checked)) return refuseOr(c, guest, 'email', checked)
    const other = await accounts.byEmail(email)
    if (other && other.id !== idOf(guest)) return refuse(c, guest, 'email', [door.words(c).account.email.taken])
    await auth.changeEmail(idOf(guest), email)
    if (email !== guest.person.account.email) tellOldAddress(c, guest)
    // A link that was mailed to the old address opens nothing any more.
    await accounts.forgetResets(idOf(guest))
    return done(c, 'email')
  })

  door.on(app, 'POST /account/password', async (c, guest) => {
    const read = passwordForm.safeParse(await c.req.parseBody())
    if (!read.success) return refuse(c, guest, 'password', sentencesOf(read.error, door.words(c)))
    const { old, password } = read.data
    const changed = await look(guest, () => auth.changePassword({ old, new: password }, door.browser(c)))
    if (!('cookies' in changed)) return refuseOr(c, guest, 'password', changed)
    await accounts.forgetResets(idOf(guest))
    bring(c, changed.cookies)
    return done(c, 'password')
  })

  door.on(app, 'POST /account/sign-out', async (c, guest) => {
    await auth.endSessions(idOf(guest))
    bring(c, await auth.signOut(door.browser(c)))
    return c.redirect(`${basePath}/sign-in`, 303)
  })

  door.on(app, 'POST /account/second-factor', async (c, guest) => {
    const { password } = passwordOnly.parse(await c.req.parseBody())
    const begun = await look(guest, () => auth.beginSecondFactor(password, door.browser(c)))
    if (!('begun' in begun)) return refuseOr(c, guest, 'second-factor', begun)
    return c.redirect(`${basePath}/account/second-factor`, 303)
  })

  door.on(app, 'GET /account/second-factor', (c, guest) => scan(c, guest, []))

  door.on(app, 'POST /account/second-factor/confirm', async (c, guest) => {
    const { account } = guest.person
    const { code } = codeForm.parse(await c.req.parseBody())
    const confirmed = account.secondFactor
      ? { refused: true }
      : await auth.confirmSecondFactor(code, account, door.browser(c))
    if (!('codes' in confirmed)) return scan(c, guest, [door.words(c).account.scan.wrong])
    bring(c, confirmed.cookies)
    return door.page(c, <RecoveryCodesPage frame={guest.frame} codes={confirmed.codes} first={true} />)
  })

  door.on(app, 'POST /account/second-factor/off', async (c, guest) => {
    const { password } = passwordOnly.parse(await c.req.parseBody())
    const ended = await look(guest, () => auth.endSecondFactor(password, door.browser(c)))
    if (!('cookies' in ended)) return refuseOr(c, guest, 'second-factor-off', ended)
    bring(c, ended.cookies)
    return done(c, 'second-factor-off')
  })

  door.on(app, 'POST /account/recovery-codes', async (c, guest) => {
    const { password } = passwordOnly.parse(await c.req.parseBody())
    const renewed = await look(guest, () => auth.renewRecoveryCodes(password, door.browser(c)))
    if (!('codes' in renewed)) return refuseOr(c, guest, 'recovery-codes', renewed)
    return door.page(c, <RecoveryCodesPage frame={guest.frame} codes={renewed.codes} first={false} />)
  })

  door.on(app, 'GET /account/delete', (c, guest) => askDelete(c, guest, []))

  door.on(app, 'POST /account/delete', async (c, guest) => {
    const { password } = passwordOnly.parse(await c.req.parseBody())
    const checked = await withPassword(guest, password)
    if ('busy' in checked) return tooMany(c, guest, door)
    if ('refused' in checked) return askDelete(c, guest, [door.words(c).account.password.wrong])
    if (!(await accounts.remove(idOf(guest)))) return askDelete(c, guest, [])
    bring(c, await auth.signOut(door.browser(c)))
    return c.redirect(`${basePath}/sign-in`, 303)
  })

  /** Whoever has the account may not be the one who has done it. */
  function tellOldAddress(c: Context, { person }: MemberGuest): void {
    if (!mailer) return
    const words = door.words(c)
    deps.afterAnswer(c, async () => {
      try {
        await mailer.send({ to: person.account.email, ...(await addressChangedLetter(words)) })
      } catch (error) {
        deps.report('the change of an e-mail address could not be mailed to the old one', error)
      }
    })
  }

  async function show(c: Context, guest: MemberGuest, refusal?: { form: FormOfAccount; refused: readonly string[] }) {
    const { frame, person } = guest
    const { account } = person
    const news = newsNamed(c.req.query('news') ?? '', door.words(c))
    const codesLeft = account.secondFactor ? await auth.recoveryCodesLeft(account.id) : 0
    return door.page(c, <AccountPage {...{ frame, account, codesLeft, news, refusal }} />, refusal ? 422 : 200)
  }

  async function scan(c: Context, guest: MemberGuest, refused: readonly string[]) {
    const secret = await auth.unconfirmed(guest.person.account)
    if (!secret) return c.redirect(`${basePath}/account`, 303)
    return door.page(
      c,
      <ScanPage frame={guest.frame} secret={secret} refused={refused} />,
      refused.length > 0 ? 422 : 200,
    )
  }

  async function askDelete(c: Context, guest: MemberGuest, refused: readonly string[]) {
    const { frame, person } = guest
    const ownedAlone = new Set(await accounts.ownedAlone(person.account.id))
    const orphans = person.memberships.map(({ organization }) => organization).filter(({ id }) => ownedAlone.has(id))
    const status = refused.length > 0 ? 422 : c.req.method === 'POST' ? 409 : 200
    return door.page(c, <DeleteAccountPage {...{ frame, orphans, refused }} />, status)
  }

  function look<T extends object>({ person }: MemberGuest, ask: () => Promise<T | Refused>) {
    return attempts.look(person.account.email, ask)
  }

  function withPassword(guest: MemberGuest, password: string) {
    return look(guest, async () =>
      (await auth.isPassword(idOf(guest), password)) ? { right: true } : ({ refused: true } as const),
    )
  }

  function refuse(c: Context, guest: MemberGuest, form: FormOfAccount, refused: readonly string[]) {
    return show(c, guest, { form, refused })
  }

  function refuseOr(c: Context, guest: MemberGuest, form: FormOfAccount, why: object) {
    return 'busy' in why ? tooMany(c, guest, door) : refuse(c, guest, form, [door.words(c).account.password.wrong])
  }

  function done(c: Context, news: NewsOfAccount): Response {
    return c.redirect(`${basePath}/account?${new URLSearchParams({ news })}`, 303)
  }

  return app
}

function newsNamed(name: string, { account: { news } }: Words): NewsOfAccount | undefined {
  return isKeyOf(news, name) ? name : undefined
}

function isKeyOf<T extends object>(known: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(known, name)
}

function idOf({ person }: MemberGuest): string {
  return person.account.id
}

const nameForm = z.object({ name: named('name') })
/** Anything else than a language is whichever the browser asks for. */
const languageForm = z.object({ language: given })
const emailForm = z.object({ email: emailAddress, password: given })
const passwordForm = z.object({ old: given, password: newPassword })
const passwordOnly = z.object({ password: given })
const codeForm = z.object({ code: given })
