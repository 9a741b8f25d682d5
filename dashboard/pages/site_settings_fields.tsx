// The pieces of the settings' forms beyond form.tsx: many lines, one of a few, a switch, a time zone; each with what it
// does to visitors. Used by the pages of a site's settings and by the form that adds a site.
import type { Child, FC } from 'hono/jsx'
import { useWords } from '../languages/use_words.ts'

interface LinesProps {
  name: string
  label: string
  value: string
  hint: Child
  rows?: number
}

/** A list, one item a line. */
export const Lines: FC<LinesProps> = ({ name, label, value, hint, rows = 3 }) => (
  <label class="field">
    <span>{label}</span>
    {/* A browser drops the first line break after the tag; a text that begins with one would lose it otherwise. */}
    <textarea name={name} rows={rows} spellcheck={false}>
      {`\n${value}`}
    </textarea>
    <small>{hint}</small>
  </label>
)

interface ChoiceProps {
  name: string
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  hint: Child
}

export const Choice: FC<ChoiceProps> = ({ name, label, value, options, hint }) => (
  <label class="field">
    <span>{label}</span>
    <select name={name}>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
    <small>{hint}</small>
  </label>
)

interface RadiosProps {
  name: string
  label: string
  value: string
  options: readonly { value: string; label: string; meaning: string }[]
}

export const Radios: FC<RadiosProps> = ({ name, label, value, options }) => (
  <fieldset class="field">
    <legend>{label}</legend>
    {options.map((option) => (
      <label class="tick">
        <input type="radio" name={name} value={option.value} checked={option.value === value} />
        <span>
          <b>{option.label}</b> <small>{option.meaning}</small>
        </span>
      </label>
    ))}
  </fieldset>
)

interface TickProps {
  name: string
  label: Child
  on?: boolean
  hint?: Child
  required?: true
}

export const Tick: FC<TickProps> = ({ name, label, on = false, hint, required }) => (
  <label class="tick">
    <input type="checkbox" name={name} value="on" checked={on} required={required} />
    <span>
      {label}
      {hint && (
        <>
          {' '}
          <small>{hint}</small>
        </>
      )}
    </span>
  </label>
)

/** Any IANA name may be typed; the browser offers those there are. */
export const ZoneField: FC<{ value: string; hint: Child }> = ({ value, hint }) => {
  const { settings } = useWords()
  return (
    <label class="field">
      <span>{settings.of.timezone.label}</span>
      <input name="timezone" list="zones" value={value} required autocomplete="off" maxlength={64} />
      <datalist id="zones">
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option value={zone} />
        ))}
      </datalist>
      <small>{hint}</small>
    </label>
  )
}
