// What stands before a share link that has a password. It says nothing of the site: that is for who knows the password.
// Rendered by share_password.tsx.
import type { FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'
import { LINK_PASSWORD } from '../people/share_links.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'

interface SharePasswordPageProps {
  frame: Frame
  action: string
  /** Where to go on. */
  next: string
  refused: readonly string[]
}

export const SharePasswordPage: FC<SharePasswordPageProps> = ({ frame, action, next, refused }) => {
  const { password: words } = useWords().sharing
  return (
    <FormPage frame={frame} title={words.title} lead={words.lead}>
      <form method="post" action={action} class="form">
        <Refusals refused={refused} />
        <input type="hidden" name="next" value={next} />
        <Field name="password" label={words.label} type="password" autocomplete="off" maxlength={LINK_PASSWORD.most} />
        <button class="button" type="submit">
          {words.open}
        </button>
        <p class="hint">{words.cookie}</p>
      </form>
    </FormPage>
  )
}
