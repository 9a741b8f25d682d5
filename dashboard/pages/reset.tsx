// The pages for a forgotten password: asking for a link, and setting a new one by it.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { NewAddress, NewPassword } from './sign_in.tsx'

interface AskResetPageProps {
  frame: Frame
  /** Whether this Sundial sends mail. */
  mails: boolean
  /** It was asked for one just now. */
  sent: boolean
  refused: readonly string[]
}

export const AskResetPage: FC<AskResetPageProps> = ({ frame, mails, sent, refused }) => {
  const { reset } = useWords().signIn
  return (
    <FormPage frame={frame} title={reset.title}>
      {mails && sent && <p role="status">{reset.sent}</p>}
      {mails && !sent && (
        <form method="post" action={`${frame.basePath}/reset`} class="form">
          <Refusals refused={refused} />
          <NewAddress hint={reset.hint} />
          <button class="button" type="submit">
            {reset.send}
          </button>
        </form>
      )}
      {!mails && (
        <>
          <p>{reset.noMail}</p>
          <pre class="tag">npm run sundial -- user reset you@example.com</pre>
          <p>{reset.once}</p>
        </>
      )}
      <p class="hint">
        <a href={`${frame.basePath}/sign-in`}>{reset.back}</a>
      </p>
    </FormPage>
  )
}

export const NewPasswordPage: FC<{ frame: Frame; token: string; refused: readonly string[] }> = ({
  frame,
  token,
  refused,
}) => {
  const { reset } = useWords().signIn
  return (
    <FormPage frame={frame} title={reset.title} lead={reset.lead}>
      <form method="post" action={`${frame.basePath}/reset/${token}`} class="form">
        <Refusals refused={refused} />
        <NewPassword />
        <button class="button" type="submit">
          {reset.set}
        </button>
      </form>
    </FormPage>
  )
}
