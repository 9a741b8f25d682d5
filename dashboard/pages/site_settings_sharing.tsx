// Who may read a site beyond its organization: everybody, or whoever has a share link. Rendered by sites.tsx.
import type { FC } from 'hono/jsx'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
import {
  LINK_PASSWORD,
  type LinkRefusal,
  LONGEST_NAME,
  type NewLink,
  type ShareLink,
  sayLinkRefusals,
} from '../people/share_links.ts'
import type { Fields } from '../site_forms.ts'
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
  /** The link just made: its address is shown now and never again. */
  made?: { address: string; withPassword: boolean } | undefined
  /** What was typed, where no link was made of it. */
  refused?: { link: NewLink; why: readonly LinkRefusal[] } | undefined
}

export const SharingPage: FC<SharingPageProps> = ({ links, made, refused, ...form }) => {
  const { sharing: words } = useWords()
  const { frame, site, sent } = form
  return (
    <SettingsFrame frame={frame} site={site} page="/sharing">
      <PublicForm {...form} />
      <section class="panel setting" id="links">
        <header>
          <h2>{words.title}</h2>
          {sent && 'saved' in sent && sent.saved === 'withdrawn' && <Saved>{words.withdrawn}</Saved>}
        </header>
        <p class="hint">{words.lead}</p>
        {made && (
          <div class="made" role="status">
            <p>
              {words.copyNow}
              {made.withPassword && ` ${words.tellPassword}`}
            </p>
            <pre class="tag">
              <code>{made.address}</code>
            </pre>
          </div>
        )}
        {links.length > 0 && (
          <ul class="links">
            {links.map((link) => (
              <LinkInList frame={frame} site={site} link={link} />
            ))}
          </ul>
        )}
        <NewLinkForm frame={frame} site={site} refused={refused} />
      </section>
    </SettingsFrame>
  )
}

const LinkInList: FC<Pick<SharingPageProps, 'frame' | 'site'> & { link: ShareLink }> = ({ frame, site, link }) => {
  const { sharing: words, sayDay } = useWords()
  const { id, name, createdOn, framed, withPassword } = link
  const day = sayDay(createdOn)
  return (
    <li>
      <b>{name}</b>
      <small>{framed ? words.alsoInFrames(day) : withPassword ? words.withPassword(day) : day}</small>
      <form method="post" action={settingsPath(frame, site, `/sharing/links/${encodeURIComponent(id)}/withdraw`)}>
        <button type="submit" class="quiet" aria-label={words.withdrawNamed(name)}>
          {words.withdraw}
        </button>
      </form>
    </li>
  )
}

/** The password stands there as it is typed, for it is passed on; nothing of it is shown again. */
const NewLinkForm: FC<Pick<SharingPageProps, 'frame' | 'site' | 'refused'>> = ({ frame, site, refused }) => {
  const words = useWords()
  const { name, linkPassword, framed, make } = words.sharing
  return (
    <form method="post" action={settingsPath(frame, site, '/sharing/links')} class="form">
      <Refusals refused={sayLinkRefusals(refused?.why ?? [], words)} />
      <Field
        name="name"
        label={name.label}
        autocomplete="off"
        value={refused?.link.name ?? ''}
        maxlength={LONGEST_NAME}
        hint={name.hint}
      />
      <Field
        name="password"
        label={linkPassword.label}
        autocomplete="off"
        minlength={LINK_PASSWORD.least}
        maxlength={LINK_PASSWORD.most}
        hint={linkPassword.hint(LINK_PASSWORD.least)}
        optional
      />
      <Tick name="framed" label={framed.label} hint={framed.hint(site.domain)} on={refused?.link.framed ?? false} />
      <button class="button" type="submit">
        {make}
      </button>
    </form>
  )
}
