// The pages before one is in: signing in with password and code, and the set-up link by which the first owner makes
// their account.
import type { FC } from 'hono/jsx'
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

export const SignInPage: FC<SignInPageProps> = ({ frame, next, email, news, refused }) => (
  <FormPage frame={frame} title="Sign in" lead={news}>
    <form method="post" action={`${frame.basePath}/sign-in`} class="form">
      <Refusals refused={refused} />
      <input type="hidden" name="next" value={next} />
      <Field name="email" label="E-mail" type="email" autocomplete="username" value={email} />
      <Field name="password" label="Password" type="password" autocomplete="current-password" />
      <button class="button" type="submit">
        Sign in
      </button>
      <p class="hint">
        <a href={`${frame.basePath}/reset`}>Forgotten your password?</a>
      </p>
      <p class="hint">
        Signing in sets the only cookie that Sundial keeps: it says that you are you, here, and nothing else.
      </p>
    </form>
  </FormPage>
)

/** The password was right; now the code. */
export const SecondFactorPage: FC<Omit<SignInPageProps, 'email' | 'news'>> = ({ frame, next, refused }) => (
  <FormPage frame={frame} title="Your second factor" lead="The six digits that your app shows now.">
    <form method="post" action={`${frame.basePath}/sign-in/second-factor`} class="form">
      <Refusals refused={refused} />
      <input type="hidden" name="next" value={next} />
      <Field
        name="code"
        label="Code"
        autocomplete="one-time-code"
        maxlength={20}
        hint="Without the app: one of your recovery codes. Each works once."
      />
      <button class="button" type="submit">
        Sign in
      </button>
      <p class="hint">
        Between password and code a second cookie remembers, for ten minutes at most, that your password was right.
      </p>
    </form>
  </FormPage>
)

/** Nobody owns this Sundial yet. */
export const NoOwnerPage: FC<{ frame: Frame; how: string }> = ({ frame, how }) => (
  <FormPage frame={frame} title="Waiting for its owner">
    <p>Nobody owns this Sundial yet, so nobody can sign in. It counts all the same.</p>
    <p>{how}</p>
  </FormPage>
)

interface SetUpPageProps {
  frame: Frame
  token: string
  given: { name: string; email: string; organization: string }
  refused: readonly string[]
}

export const SetUpPage: FC<SetUpPageProps> = ({ frame, token, given, refused }) => (
  <FormPage
    frame={frame}
    title="Make this Sundial yours"
    lead="The first account owns it: sites, people, periods. This link opens once."
  >
    <form method="post" action={`${frame.basePath}/setup/${token}`} class="form">
      <Refusals refused={refused} />
      <Field name="name" label="Your name" autocomplete="name" value={given.name} maxlength={100} />
      <Field name="email" label="E-mail" type="email" autocomplete="username" value={given.email} maxlength={254} />
      <NewPassword />
      <Field
        name="organization"
        label="Organization"
        autocomplete="organization"
        value={given.organization}
        maxlength={100}
        hint="Owns the sites. It can be renamed."
      />
      <button class="button" type="submit">
        Make the account
      </button>
    </form>
  </FormPage>
)

export const NewPassword: FC<{ label?: string }> = ({ label = 'Password' }) => (
  <Field
    name="password"
    label={label}
    type="password"
    autocomplete="new-password"
    minlength={PASSWORD.least}
    maxlength={PASSWORD.most}
    hint={`At least ${PASSWORD.least} characters. A few words are better than one odd one.`}
  />
)
