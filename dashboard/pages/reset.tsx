// The pages for a forgotten password: asking for a link, and setting a new one by it.
import type { FC } from 'hono/jsx'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { NewPassword } from './sign_in.tsx'

interface AskResetPageProps {
  frame: Frame
  /** Whether this Sundial sends mail. */
  mails: boolean
  /** It was asked for one just now. */
  sent: boolean
  refused: readonly string[]
}

export const AskResetPage: FC<AskResetPageProps> = ({ frame, mails, sent, refused }) => (
  <FormPage frame={frame} title="A new password">
    {mails && sent && (
      <p role="status">
        If there is an account with this address, a mail with a link is on its way. The link works once, for an hour.
      </p>
    )}
    {mails && !sent && (
      <form method="post" action={`${frame.basePath}/reset`} class="form">
        <Refusals refused={refused} />
        <Field
          name="email"
          label="E-mail"
          type="email"
          autocomplete="username"
          hint="A link to choose a new password goes there."
        />
        <button class="button" type="submit">
          Send the link
        </button>
      </form>
    )}
    {!mails && (
      <>
        <p>This Sundial sends no mail. Whoever operates it can make a link for you:</p>
        <pre class="tag">npm run sundial -- user reset you@example.com</pre>
        <p>The link works once, for an hour.</p>
      </>
    )}
    <p class="hint">
      <a href={`${frame.basePath}/sign-in`}>Back to the sign-in</a>
    </p>
  </FormPage>
)

export const NewPasswordPage: FC<{ frame: Frame; token: string; refused: readonly string[] }> = ({
  frame,
  token,
  refused,
}) => (
  <FormPage
    frame={frame}
    title="A new password"
    lead="It ends every session of your account. A second factor stays as it is."
  >
    <form method="post" action={`${frame.basePath}/reset/${token}`} class="form">
      <Refusals refused={refused} />
      <NewPassword />
      <button class="button" type="submit">
        Set the password
      </button>
    </form>
  </FormPage>
)
