// Setting a second factor up: the picture for the app's camera, then the codes for the day on which the app is gone.
import type { FC } from 'hono/jsx'
import { encode } from 'uqr'
import type { SecondFactor } from '../people/auth.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'

export const ScanPage: FC<{ frame: Frame; secret: SecondFactor; refused: readonly string[] }> = ({
  frame,
  secret,
  refused,
}) => (
  <FormPage
    frame={frame}
    title="Set up a second factor"
    lead="Scan this with an app for one-time codes, such as Aegis, 2FAS or the one of your password manager."
  >
    <Picture text={secret.uri} />
    <p class="hint">Or type this secret into the app:</p>
    <p class="tag">{secret.secret.replace(/.{4}(?=.)/g, '$& ')}</p>
    <form method="post" action={`${frame.basePath}/account/second-factor/confirm`} class="form">
      <Refusals refused={refused} />
      <Field
        name="code"
        label="Code"
        autocomplete="one-time-code"
        maxlength={10}
        hint="The six digits that the app shows now. Until they are right, nothing changes."
      />
      <button class="button" type="submit">
        Turn it on
      </button>
    </form>
  </FormPage>
)

/** A QR code: black on white in both themes, as cameras want it, with the four quiet modules around that they need. */
const Picture: FC<{ text: string }> = ({ text }) => {
  const { size, data } = encode(text, { ecc: 'L', border: 4 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="The secret as a QR code">
      <rect width={size} height={size} fill="#fff" />
      <path d={modules.join('')} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}

export const RecoveryCodesPage: FC<{ frame: Frame; codes: readonly string[]; first: boolean }> = ({
  frame,
  codes,
  first,
}) => (
  <FormPage
    frame={frame}
    title="Your recovery codes"
    lead={first ? 'The second factor is on.' : 'The codes until now have ended.'}
  >
    <p>
      Each of these signs you in once, in place of a code of the app. They are shown now and never again: print this
      page, or copy them to where you keep your passwords.
    </p>
    <pre class="tag codes">{codes.join('\n')}</pre>
    <p>
      <a class="button" href={`${frame.basePath}/account`}>
        I have kept them
      </a>
    </p>
  </FormPage>
)
