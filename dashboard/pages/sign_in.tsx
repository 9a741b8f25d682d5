// The pages before one is in: signing in with password and code, and the set-up link by which the first owner makes
// their account.
import type { FC } from 'hono/jsx'
import type { SignInWords } from '../languages/en/sign_in.ts'
import { useWords } from '../languages/use_words.ts'
import { PASSWORD } from '../people/auth.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'

interface SignInPageProps {
  frame: Frame
  /** Where to go on, below the base path. */
  next: string
  email: string
  /** A sentence on what happened before. */
  news?: string | undefined
  refused: readonly string[]
}

export const SignInPage: FC<SignInPageProps> = ({ frame, next, email, news, refused }) => {
  const { signIn } = useWords()
  return (
    <FormPage frame={frame} title={signIn.title} lead={news}>
      <form method="post" action={`${frame.basePath}/sign-in`} class="form">
        <Refusals refused={refused} />
        <input type="hidden" name="next" value={next} />
        <Field name="email" label={signIn.fields.email} type="email" autocomplete="username" value={email} />
        <Field name="password" label={signIn.fields.password} type="password" autocomplete="current-password" />
        <button class="button" type="submit">
          {signIn.submit}
        </button>
        <p class="hint">
          <a href={`${frame.basePath}/reset`}>{signIn.forgotten}</a>
        </p>
        <p class="hint">{signIn.cookie}</p>
      </form>
    </FormPage>
  )
}

/** The password was right; now the code. */
export const SecondFactorPage: FC<Omit<SignInPageProps, 'email' | 'news'>> = ({ frame, next, refused }) => {
  const { fields, submit, secondFactor } = useWords().signIn
  return (
    <FormPage frame={frame} title={secondFactor.title} lead={secondFactor.lead}>
      <form method="post" action={`${frame.basePath}/sign-in/second-factor`} class="form">
        <Refusals refused={refused} />
        <input type="hidden" name="next" value={next} />
        <Field name="code" label={fields.code} autocomplete="one-time-code" maxlength={20} hint={secondFactor.hint} />
        <button class="button" type="submit">
          {submit}
        </button>
        <p class="hint">{secondFactor.cookie}</p>
      </form>
    </FormPage>
  )
}

export type HowToOwn = keyof SignInWords['noOwner']['how']

/** Nobody owns this Sundial yet. */
export const NoOwnerPage: FC<{ frame: Frame; how: HowToOwn }> = ({ frame, how }) => {
  const { noOwner } = useWords().signIn
  return (
    <FormPage frame={frame} title={noOwner.title}>
      <p>{noOwner.sentence}</p>
      <p>{noOwner.how[how]}</p>
    </FormPage>
  )
}

interface SetUpPageProps {
  frame: Frame
  token: string
  given: { name: string; email: string; organization: string }
  refused: readonly string[]
}

export const SetUpPage: FC<SetUpPageProps> = ({ frame, token, given, refused }) => {
  const { fields, setUp } = useWords().signIn
  return (
    <FormPage frame={frame} title={setUp.title} lead={setUp.lead}>
      <form method="post" action={`${frame.basePath}/setup/${token}`} class="form">
        <Refusals refused={refused} />
        <NameField value={given.name} />
        <NewAddress value={given.email} />
        <NewPassword />
        <Field
          name="organization"
          label={fields.organization}
          autocomplete="organization"
          value={given.organization}
          maxlength={100}
          hint={setUp.organizationHint}
        />
        <button class="button" type="submit">
          {setUp.submit}
        </button>
      </form>
    </FormPage>
  )
}

/** Of whoever makes an account. */
export const NameField: FC<{ value: string }> = ({ value }) => (
  <Field name="name" label={useWords().signIn.fields.yourName} autocomplete="name" value={value} maxlength={100} />
)

export const NewAddress: FC<{ value?: string; hint?: string }> = ({ value, hint }) => (
  <Field
    name="email"
    label={useWords().signIn.fields.email}
    type="email"
    autocomplete="username"
    value={value}
    maxlength={254}
    hint={hint}
  />
)

export const NewPassword: FC<{ label?: string }> = ({ label }) => {
  const { fields } = useWords().signIn
  return (
    <Field
      name="password"
      label={label ?? fields.password}
      type="password"
      autocomplete="new-password"
      minlength={PASSWORD.least}
      maxlength={PASSWORD.most}
      hint={fields.passwordHint(PASSWORD.least)}
    />
  )
}
