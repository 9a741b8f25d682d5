// What links lead to whoever opens them: into an organization that invites, and back from the deletion of one. Rendered
// by invitation.tsx.
import type { Child, FC } from 'hono/jsx'
import type { Role } from '../access.ts'
import { useWords } from '../languages/use_words.ts'
import { FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { NameField, NewAddress, NewPassword } from './sign_in.tsx'

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
  const { invitation, roles } = useWords()
  const path = `/invitation/${token}`
  return (
    <FormPage
      frame={frame}
      title={invitation.title(organization)}
      lead={invitation.invited(bold, roles.names[role], roles.meanings[role])}
    >
      <Refusals refused={refused} />
      {comer === 'expected' && (
        <Sending frame={frame} path={path}>
          <button class="button" type="submit">
            {invitation.joinAs(frame.person?.account.name ?? '')}
          </button>
        </Sending>
      )}
      {comer === 'another' && <Another frame={frame} email={email} />}
      {comer === 'known' && <SignInFirst frame={frame} path={path} email={email} />}
      {comer === 'new' && (
        <Sending frame={frame} path={path}>
          <input type="hidden" name="username" autocomplete="username" value={email} />
          <p class="hint">{invitation.forAddress(bold, email)}</p>
          <NameField value={name} />
          <NewPassword />
          <button class="button" type="submit">
            {invitation.makeAndJoin}
          </button>
        </Sending>
      )}
    </FormPage>
  )
}

const bold = (text: string) => <b>{text}</b>

const Sending: FC<{ frame: Frame; path: string; children: Child }> = ({ frame, path, children }) => (
  <form method="post" action={`${frame.basePath}${path}`} class="form">
    {children}
  </form>
)

const SignInFirst: FC<{ frame: Frame; path: string; email: string }> = ({ frame, path, email }) => {
  const { invitation, signIn } = useWords()
  return (
    <>
      <p>{invitation.known(email)}</p>
      <p>
        <a class="button" href={signInFor(frame, path)}>
          {signIn.submit}
        </a>
      </p>
    </>
  )
}

function signInFor({ basePath }: Frame, path: string): string {
  return `${basePath}/sign-in?${new URLSearchParams({ next: `${basePath}${path}` })}`
}

const Another: FC<{ frame: Frame; email: string }> = ({ frame, email }) => {
  const { invitation, frame: words } = useWords()
  return (
    <>
      <p>{invitation.another(email, frame.person?.account.email ?? '')}</p>
      <form method="post" action={`${frame.basePath}/sign-out`} class="form">
        <button class="button" type="submit">
          {words.signOut}
        </button>
      </form>
    </>
  )
}

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
  const { invitation, sayDay } = useWords()
  const { undo } = invitation
  const path = `/undo/${token}`
  const { person } = frame
  return (
    <FormPage frame={frame} title={undo.title(organization)} lead={undo.lead(sayDay(endsOn))}>
      {domains.length > 0 && <p>{undo.domains(domains.join(', '))}</p>}
      <Sending frame={frame} path={path}>
        <Refusals refused={refused} />
        {!person && (
          <>
            <p class="hint">
              {undo.signInFirst((text) => (
                <a href={signInFor(frame, path)}>{text}</a>
              ))}
            </p>
            <NameField value={given.name} />
            <NewAddress value={given.email} />
            <NewPassword />
          </>
        )}
        <button class="button" type="submit">
          {person ? undo.takeBackAs(person.account.name) : undo.makeAndTakeBack}
        </button>
      </Sending>
    </FormPage>
  )
}
