// The pages of one's own account: what it is called, its password, its second factor, and the end of it.
import type { Child, FC } from 'hono/jsx'
import type { AccountWords } from '../languages/en/account.ts'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../languages/language.ts'
import { useWords } from '../languages/use_words.ts'
import type { Account } from '../people/auth.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { NewAddress, NewPassword } from './sign_in.tsx'

/** Each posts to /account/<its name>, but the one that turns the second factor off. */
export type FormOfAccount = 'name' | 'email' | 'password' | 'second-factor' | 'second-factor-off' | 'recovery-codes'

/** What was done: the key of its sentence. */
export type NewsOfAccount = keyof AccountWords['news']

interface AccountPageProps {
  frame: Frame
  account: Account
  /** Recovery codes that were not used yet. */
  codesLeft: number
  news?: NewsOfAccount | undefined
  refusal?: { form: FormOfAccount; refused: readonly string[] } | undefined
}

export const AccountPage: FC<AccountPageProps> = ({ frame, account, codesLeft, news, refusal }) => {
  const words = useWords().account
  const at = (path: string) => `${frame.basePath}/account/${path}`
  const refusedBy = (form: FormOfAccount) => (refusal?.form === form ? refusal.refused : [])
  return (
    <Layout frame={frame} title={`${words.title} · Sundial`}>
      <section class="narrow">
        <h1>{words.title}</h1>
        {news && (
          <p class="lead" role="status">
            {words.news[news]}
          </p>
        )}
        <Form action={at('name')} button={words.name.change} refused={refusedBy('name')}>
          <Field name="name" label={words.name.label} autocomplete="name" value={account.name} maxlength={100} />
        </Form>
      </section>
      <section class="narrow">
        <h2>{words.language.title}</h2>
        <Form action={at('language')} button={words.language.change} refused={[]}>
          <LanguageField language={account.language} />
        </Form>
      </section>
      <section class="narrow">
        <h2>{words.email.title}</h2>
        <Form action={at('email')} button={words.email.change} refused={refusedBy('email')}>
          <NewAddress value={account.email} hint={words.email.hint} />
          <Password />
        </Form>
      </section>
      <section class="narrow">
        <h2>{words.password.title}</h2>
        <Form action={at('password')} button={words.password.change} refused={refusedBy('password')}>
          <Field name="old" label={words.password.old} type="password" autocomplete="current-password" />
          <NewPassword label={words.password.new} />
        </Form>
      </section>
      {account.secondFactor ? (
        <section class="narrow">
          <h2>{words.secondFactor.title}</h2>
          <p>
            {words.secondFactor.isOn} {words.secondFactor.codesLeft(codesLeft)}
          </p>
          <Form action={at('recovery-codes')} button={words.secondFactor.renew} refused={refusedBy('recovery-codes')}>
            <Password hint={words.secondFactor.codesEnd} />
          </Form>
          <Form
            action={at('second-factor/off')}
            button={words.secondFactor.turnOff}
            refused={refusedBy('second-factor-off')}
          >
            <Password />
          </Form>
        </section>
      ) : (
        <section class="narrow">
          <h2>{words.secondFactor.title}</h2>
          <p>{words.secondFactor.meaning}</p>
          <Form action={at('second-factor')} button={words.secondFactor.setUp} refused={refusedBy('second-factor')}>
            <Password />
          </Form>
        </section>
      )}
      <section class="narrow">
        <h2>{words.sessions.title}</h2>
        <p>{words.sessions.meaning}</p>
        <Form action={at('sign-out')} button={words.sessions.end} refused={[]} />
        <p class="hint">
          <a href={at('delete')}>{words.end.title}</a>
        </p>
      </section>
    </Layout>
  )
}

/** Each language in itself: whoever looks for theirs may not read the others. */
const LanguageField: FC<{ language: Language | undefined }> = ({ language }) => {
  const { label, asBrowser, hint } = useWords().account.language
  return (
    <label class="field">
      <span>{label}</span>
      <select name="language" autocomplete="language">
        <option value="">{asBrowser}</option>
        {LANGUAGES.map((one) => (
          <option value={one} lang={one} selected={one === language}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
      <small>{hint}</small>
    </label>
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
  <Field
    name="password"
    label={useWords().signIn.fields.password}
    type="password"
    autocomplete="current-password"
    hint={hint}
  />
)

interface DeleteAccountPageProps {
  frame: Frame
  /** Organizations that would be left without an owner. */
  orphans: readonly { id: string; name: string }[]
  refused: readonly string[]
}

export const DeleteAccountPage: FC<DeleteAccountPageProps> = ({ frame, orphans, refused }) => {
  const { end } = useWords().account
  if (orphans.length === 0) {
    return (
      <FormPage frame={frame} title={end.title} lead={end.lead}>
        <Form action={`${frame.basePath}/account/delete`} button={end.submit} refused={refused}>
          <Password />
        </Form>
      </FormPage>
    )
  }
  return (
    <FormPage frame={frame} title={end.title}>
      <p>{end.orphans}</p>
      <ul class="orphans">
        {orphans.map(({ id, name }) => (
          <li>
            <a href={`${frame.basePath}/organizations/${id}/people`}>{name}</a>
          </li>
        ))}
      </ul>
      <p>{end.first}</p>
    </FormPage>
  )
}
