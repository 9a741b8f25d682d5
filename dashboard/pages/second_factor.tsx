// Setting a second factor up: the picture for the app's camera, then the codes for the day on which the app is gone.
import type { FC } from 'hono/jsx'
import { encode } from 'uqr'
import { useWords } from '../languages/use_words.ts'
import type { SecondFactor } from '../people/auth.ts'
import { Field, FormPage, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'

export const ScanPage: FC<{ frame: Frame; secret: SecondFactor; refused: readonly string[] }> = ({
  frame,
  secret,
  refused,
}) => {
  const { account, signIn } = useWords()
  const { scan } = account
  return (
    <FormPage frame={frame} title={scan.title} lead={scan.lead}>
      <Picture text={secret.uri} label={scan.picture} />
      <p class="hint">{scan.orType}</p>
      <p class="tag" translate="no">
        {secret.secret.replace(/.{4}(?=.)/g, '$& ')}
      </p>
      <form method="post" action={`${frame.basePath}/account/second-factor/confirm`} class="form">
        <Refusals refused={refused} />
        <Field
          name="code"
          label={signIn.fields.code}
          autocomplete="one-time-code"
          maxlength={10}
          hint={scan.codeHint}
        />
        <button class="button" type="submit">
          {scan.turnOn}
        </button>
      </form>
    </FormPage>
  )
}

/** A QR code: black on white in both themes, as cameras want it, with the four quiet modules around that they need. */
const Picture: FC<{ text: string; label: string }> = ({ text, label }) => {
  const { size, data } = encode(text, { ecc: 'L', border: 4 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={modules.join('')} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}

export const RecoveryCodesPage: FC<{ frame: Frame; codes: readonly string[]; first: boolean }> = ({
  frame,
  codes,
  first,
}) => {
  const { recoveryCodes } = useWords().account
  return (
    <FormPage frame={frame} title={recoveryCodes.title} lead={first ? recoveryCodes.first : recoveryCodes.renewed}>
      <p>{recoveryCodes.meaning}</p>
      <pre class="tag codes">{codes.join('\n')}</pre>
      <p>
        <a class="button" href={`${frame.basePath}/account`}>
          {recoveryCodes.kept}
        </a>
      </p>
    </FormPage>
  )
}
