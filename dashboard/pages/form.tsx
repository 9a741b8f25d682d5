// The pieces of forms: a labelled field, what is wrong with it, the frame of a page that is one form. Used by the pages of
// accounts, organizations and settings.
import type { Child, FC } from 'hono/jsx'
import { type Frame, Layout } from './layout.tsx'

interface FieldProps {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'number' | 'date'
  value?: string | undefined
  /** A sentence below the field. */
  hint?: Child
  /** What browsers and password managers fill in: https://html.spec.whatwg.org/#autofill */
  autocomplete?: string
  minlength?: number
  maxlength?: number
  optional?: true
}

export const Field: FC<FieldProps> = ({ name, label, type = 'text', hint, optional, ...input }) => (
  <label class="field">
    <span>{label}</span>
    <input name={name} type={type} required={!optional} {...input} />
    {hint && <small>{hint}</small>}
  </label>
)

/** Why a form was not taken, before its first field. */
export const Refusals: FC<{ refused: readonly string[] }> = ({ refused }) =>
  refused.length === 0 ? null : (
    <div class="refused" role="alert">
      {refused.length === 1 ? (
        <p>{refused[0]}</p>
      ) : (
        <ul>
          {refused.map((why) => (
            <li>{why}</li>
          ))}
        </ul>
      )}
    </div>
  )

interface FormPageProps {
  frame: Frame
  title: string
  /** Stands between title and form. */
  lead?: Child
  children: Child
}

/** A page of one narrow form. */
export const FormPage: FC<FormPageProps> = ({ frame, title, lead, children }) => (
  <Layout frame={frame} title={`${title} · Sundial`}>
    <section class="narrow">
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </section>
  </Layout>
)
