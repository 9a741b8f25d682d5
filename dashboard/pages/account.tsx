// The pages of one's own account: what it is called, its password, its second factor, and the end of it.
import type { Child, FC } from 'hono/jsx'
import type { Account } from '../people/auth.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { NewPassword } from './sign_in.tsx'

/** Each posts to /account/<its name>, but the one that turns the second factor off. */
export type FormOfAccount = 'name' | 'email' | 'password' | 'second-factor' | 'second-factor-off' | 'recovery-codes'

const NEWS = {
  name: 'Your name is changed.',
  email: 'Your e-mail address is changed. Sign in with it from now on.',
  password: 'Your password is changed. Everywhere else you are signed out.',
  'second-factor-off': 'The second factor is off: your password alone lets you in.',
} as const

export function isNews(name: string): name is keyof typeof NEWS {
  return Object.hasOwn(NEWS, name)
}

interface AccountPageProps {
  frame: Frame
  account: Account
  /** Recovery codes that were not used yet. */
  codesLeft: number
  news?: keyof typeof NEWS | undefined
  refusal?: { form: FormOfAccount; refused: readonly string[] } | undefined
}

export const AccountPage: FC<AccountPageProps> = ({ frame, account, codesLeft, news, refusal }) => {
  const at = (path: string) => `${frame.basePath}/account/${path}`
  const refusedBy = (form: FormOfAccount) => (refusal?.form === form ? refusal.refused : [])
  return (
    <Layout frame={frame} title="Your account · Sundial">
      <section class="narrow">
        <h1>Your account</h1>
        {news && (
          <p class="lead" role="status">
            {NEWS[news]}
          </p>
        )}
        <Form action={at('name')} button="Change the name" refused={refusedBy('name')}>
          <Field name="name" label="Name" autocomplete="name" value={account.name} maxlength={100} />
        </Form>
      </section>
      <section class="narrow">
        <h2>E-mail</h2>
        <Form action={at('email')} button="Change the address" refused={refusedBy('email')}>
          <Field
            name="email"
            label="E-mail"
            type="email"
            autocomplete="username"
            value={account.email}
            maxlength={254}
            hint="You sign in with it, and mails for a new password go there."
          />
          <Password />
        </Form>
      </section>
      <section class="narrow">
        <h2>Password</h2>
        <Form action={at('password')} button="Change the password" refused={refusedBy('password')}>
          <Field name="old" label="Password until now" type="password" autocomplete="current-password" />
          <NewPassword label="New password" />
        </Form>
      </section>
      {account.secondFactor ? (
        <section class="narrow">
          <h2>Second factor</h2>
          <p>It is on: signing in asks for a code of your app. {sayCodes(codesLeft)}</p>
          <Form action={at('recovery-codes')} button="Make new recovery codes" refused={refusedBy('recovery-codes')}>
            <Password hint="The codes until now end." />
          </Form>
          <Form action={at('second-factor/off')} button="Turn it off" refused={refusedBy('second-factor-off')}>
            <Password />
          </Form>
        </section>
      ) : (
        <section class="narrow">
          <h2>Second factor</h2>
          <p>
            An app on your phone shows a new code every 30 seconds. With it, nobody comes in who only knows your
            password.
          </p>
          <Form action={at('second-factor')} button="Set it up" refused={refusedBy('second-factor')}>
            <Password />
          </Form>
        </section>
      )}
      <section class="narrow">
        <h2>Where you are signed in</h2>
        <p>Sundial keeps no list of your devices. It can end all of your sessions, this one too.</p>
        <Form action={at('sign-out')} button="Sign out everywhere" refused={[]} />
        <p class="hint">
          <a href={at('delete')}>Delete your account</a>
        </p>
      </section>
    </Layout>
  )
}

interface FormProps {
  action: string
  button: string
  refused: readonly string[]
  children?: Child
}

const Form: FC<FormProps> = ({ action, button, refused, children }) => (
  <form method="post" action={action} class="form">
    <Refusals refused={refused} />
    {children}
    <button class="button" type="submit">
      {button}
    </button>
  </form>
)

const Password: FC<{ hint?: string }> = ({ hint }) => (
  <Field name="password" label="Password" type="password" autocomplete="current-password" hint={hint} />
)

function sayCodes(left: number): string {
  if (left === 0) return 'All of your recovery codes are used: make new ones.'
  return left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`
}

interface DeleteAccountPageProps {
  frame: Frame
  /** Organizations that would be left without an owner. */
  orphans: readonly { id: string; name: string }[]
  refused: readonly string[]
}

export const DeleteAccountPage: FC<DeleteAccountPageProps> = ({ frame, orphans, refused }) =>
  orphans.length > 0 ? (
    <FormPage frame={frame} title="Delete your account">
      <p>You are the only owner of what would have nobody left:</p>
      <ul class="orphans">
        {orphans.map(({ id, name }) => (
          <li>
            <a href={`${frame.basePath}/organizations/${id}/people`}>{name}</a>
          </li>
        ))}
      </ul>
      <p>Make somebody else an owner there, or delete the organization. Then your account can go.</p>
    </FormPage>
  ) : (
    <FormPage
      frame={frame}
      title="Delete your account"
      lead="Your name, address, password, second factor and memberships go at once. What you did to sites stays in the audit logs, without your name."
    >
      <Form action={`${frame.basePath}/account/delete`} button="Delete the account for good" refused={refused}>
        <Password />
      </Form>
    </FormPage>
  )
