// Who may read a site beyond its organization: everybody, or whoever has a share link. Rendered by sites.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { LONGEST_NAME, type ShareLink } from '../people/share_links.ts'
import type { Fields } from '../site_forms.ts'
import { sayDay } from '../words.ts'
import { Field, Refusals } from './form.tsx'
import type { Frame } from './layout.tsx'
import { PublicForm, Saved, type Sent, SettingsFrame, settingsPath } from './site_settings.tsx'
import { Tick } from './site_settings_fields.tsx'

interface SharingPageProps {
  frame: Frame
  site: Site
  fields: Fields
  sent: Sent
  links: readonly ShareLink[]
  /** The address of the link just made: it is shown now and never again. */
  made?: string | undefined
  /** What was typed, where no link was made of it. */
  refused?: { name: string; why: readonly string[] } | undefined
}

export const SharingPage: FC<SharingPageProps> = ({ links, made, refused, ...form }) => {
  const { frame, site, sent } = form
  return (
    <SettingsFrame frame={frame} site={site} page="/sharing">
      <PublicForm {...form} />
      <section class="panel setting" id="links">
        <header>
          <h2>Share links</h2>
          {sent && 'saved' in sent && sent.saved === 'withdrawn' && <Saved>Withdrawn</Saved>}
        </header>
        <p class="hint">
          Whoever has the address of a share link reads the statistics of this site without an account, as far as
          everybody might if it were public: of visitors they learn no more than the counts hold.
        </p>
        {made && (
          <div class="made" role="status">
            <p>Copy this address: it is shown only now.</p>
            <pre class="tag">
              <code>{made}</code>
            </pre>
          </div>
        )}
        {links.length > 0 && (
          <ul class="links">
            {links.map(({ id, name, createdOn, framed }) => (
              <li>
                <b>{name}</b>
                <small>{`${sayDay(createdOn)}${framed ? ', also in frames' : ''}`}</small>
                <form
                  method="post"
                  action={settingsPath(frame, site, `/sharing/links/${encodeURIComponent(id)}/withdraw`)}
                >
                  <button type="submit" class="quiet" aria-label={`Withdraw ${name}`}>
                    Withdraw
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
        <form method="post" action={settingsPath(frame, site, '/sharing/links')} class="form">
          <Refusals refused={refused?.why ?? []} />
          <Field
            name="name"
            label="Name of a new link"
            autocomplete="off"
            value={refused?.name ?? ''}
            maxlength={LONGEST_NAME}
            hint="Whom it is for, so that you know which to withdraw. Only you and the other managers see it."
          />
          <Tick
            name="framed"
            label="Pages of this site may show it in a frame"
            hint={`As in <iframe src="…">, on ${site.domain} and its other hosts. Any other link is shown in no frame at all.`}
          />
          <button class="button" type="submit">
            Make a share link
          </button>
        </form>
      </section>
    </SettingsFrame>
  )
}
