// A form's address loses its query when it is sent: what stands there goes along in hidden fields. Used by forms that
// change a part of the state in the URL.
import type { FC } from 'hono/jsx'

/** The path of an address that `view.link` made, for a form's action. */
export function pathOf(address: string): string {
  return address.split('?')[0] ?? address
}

export const KeptState: FC<{ address: string }> = ({ address }) => (
  <>
    {[...new URLSearchParams(address.split('?')[1])].map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)
