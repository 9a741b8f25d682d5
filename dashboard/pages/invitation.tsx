// What links lead to whoever opens them: into an organization that invites, and back from the deletion of one. Rendered
// by invitation.tsx.
import type { Child, FC } from 'hono/jsx'
import { ROLE_MEANINGS, type Role } from '../access.ts'
import { sayDay } from '../words.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { NewPassword } from './sign_in.tsx'

/** Who has come: signed in as whom it is for, as somebody else, not signed in with an account, or without one. */
export type Comer = 'expected' | 'another' | 'known' | 'new'

interface InvitationPageProps {
  frame: Frame
  token: string
  organization: string
  email: string
  role: Role
  comer: Comer
  /** What was typed. */
  name: string
  refused: readonly string[]
}

export const InvitationPage: FC<InvitationPageProps> = (props) => {
  const { frame, token, organization, email, role, comer, name, refused } = props
  const path = `/invitation/${token}`
  return (
    <FormPage
      frame={frame}
      title={`Join ${organization}`}
      lead={
        <>
          You are invited as <b>{role}</b>. {ROLE_MEANINGS[role]}
        </>
      }
    >
      <Refusals refused={refused} />
      {comer === 'expected' && (
        <Sending frame={frame} path={path}>
          <button class="button" type="submit">
            Join as {frame.person?.account.name}
          </button>
        </Sending>
      )}
      {comer === 'another' && <Another frame={frame} email={email} />}
      {comer === 'known' && <SignInFirst frame={frame} path={path} email={email} />}
      {comer === 'new' && (
        <Sending frame={frame} path={path}>
          <input type="hidden" name="username" autocomplete="username" value={email} />
          <p class="hint">
            The account is for <b>{email}</b>, the address that was invited.
          </p>
          <Field name="name" label="Your name" autocomplete="name" value={name} maxlength={100} />
          <NewPassword />
          <button class="button" type="submit">
            Make the account and join
          </button>
        </Sending>
      )}
    </FormPage>
  )
}

const Sending: FC<{ frame: Frame; path: string; children: Child }> = ({ frame, path, children }) => (
  <form method="post" action={`${frame.basePath}${path}`} class="form">
    {children}
  </form>
)

const SignInFirst: FC<{ frame: Frame; path: string; email: string }> = ({ frame, path, email }) => (
  <>
    <p>{email} has an account here. Sign in with it, and you come back to this page.</p>
    <p>
      <a class="button" href={`${frame.basePath}/sign-in?${new URLSearchParams({ next: `${frame.basePath}${path}` })}`}>
        Sign in
      </a>
    </p>
  </>
)

const Another: FC<{ frame: Frame; email: string }> = ({ frame, email }) => (
  <>
    <p>
      This invitation is for {email}, and you are signed in as {frame.person?.account.email}. Sign out, then open the
      link again.
    </p>
    <form method="post" action={`${frame.basePath}/sign-out`} class="form">
      <button class="button" type="submit">
        Sign out
      </button>
    </form>
  </>
)

interface UndoPageProps {
  frame: Frame
  token: string
  organization: string
  /** UTC day. */
  endsOn: string
  domains: readonly string[]
  /** What was typed. */
  given: { name: string; email: string }
  refused: readonly string[]
}

export const UndoPage: FC<UndoPageProps> = ({ frame, token, organization, endsOn, domains, given, refused }) => {
  const path = `/undo/${token}`
  const { person } = frame
  return (
    <FormPage
      frame={frame}
      title={`Take ${organization} back`}
      lead={`It was deleted, and its counts go on ${sayDay(endsOn)}. Whoever takes it back owns it.`}
    >
      <Refusals refused={refused} />
      {domains.length > 0 && (
        <p>
          {domains.join(', ')} will count again, with the settings they had. The people who belonged to it have to be
          invited anew; tokens, share links and webhooks are gone.
        </p>
      )}
      <Sending frame={frame} path={path}>
        {!person && (
          <>
            <p class="hint">
              Have you an account here?{' '}
              <a href={`${frame.basePath}/sign-in?${new URLSearchParams({ next: `${frame.basePath}${path}` })}`}>
                Sign in first.
              </a>
            </p>
            <Field name="name" label="Your name" autocomplete="name" value={given.name} maxlength={100} />
            <Field
              name="email"
              label="E-mail"
              type="email"
              autocomplete="username"
              value={given.email}
              maxlength={254}
            />
            <NewPassword />
          </>
        )}
        <button class="button" type="submit">
          {person ? `Take it back as ${person.account.name}` : 'Make an account and take it back'}
        </button>
      </Sending>
    </FormPage>
  )
}
