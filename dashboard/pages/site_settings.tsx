// The settings of a site: a few pages of small forms, each beside what it does to visitors. Rendered by sites.tsx.
import type { Child, FC } from 'hono/jsx'
import { K, PROFILE_NAMES } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import { useWords } from '../languages/use_words.ts'
import type { Fields, FormName } from '../site_forms.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Choice, Lines, Radios, Tick, ZoneField } from './site_settings_fields.tsx'

const PAGES = ['', '/counting', '/events', '/transparency', '/sharing', '/periods', '/end'] as const
export type SettingsPageName = (typeof PAGES)[number]

/** Where a page of the settings of a site is. */
export function settingsPath(
  { basePath }: Pick<Frame, 'basePath'>,
  { domain }: Pick<Site, 'domain'>,
  page: string,
): string {
  return `${basePath}/sites/${encodeURIComponent(domain)}/settings${page}`
}

interface SettingsFrameProps {
  frame: Frame
  site: Site
  page: SettingsPageName
  children: Child
}

export const SettingsFrame: FC<SettingsFrameProps> = ({ frame, site, page, children }) => {
  const { settings } = useWords()
  return (
    <Layout frame={frame} title={`${settings.pages[page]} · ${site.domain} · Sundial`} site={site}>
      <div class="beside">
        <nav aria-label={settings.title}>
          <ul>
            {PAGES.map((one) => (
              <li>
                <a href={settingsPath(frame, site, one)} aria-current={one === page ? 'page' : undefined}>
                  {settings.pages[one]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div>{children}</div>
      </div>
    </Layout>
  )
}

/** What became of a form that was sent. */
export type Sent = { saved: string } | { form: FormName; refused: readonly string[] } | undefined

interface SettingsPageProps {
  frame: Frame
  site: Site
  /** What stands in the fields: the site's, or what was typed. */
  fields: Fields
  sent: Sent
}

interface SettingFormProps extends Pick<SettingsPageProps, 'frame' | 'site' | 'sent'> {
  name: FormName
  children: Child
}

const SettingForm: FC<SettingFormProps> = ({ frame, site, sent, name, children }) => {
  const { settings } = useWords()
  return (
    <section class="panel setting" id={name}>
      <header>
        <h2>{settings.forms[name]}</h2>
        {sent && 'saved' in sent && sent.saved === name && <Saved />}
      </header>
      <form method="post" action={settingsPath(frame, site, '')} class="form">
        {sent && 'form' in sent && sent.form === name && <Refusals refused={sent.refused} />}
        <input type="hidden" name="form" value={name} />
        {children}
        <button class="button" type="submit">
          {settings.save}
        </button>
      </form>
    </section>
  )
}

/** What was done, if not just saved. */
export const Saved: FC<{ children?: Child }> = ({ children }) => {
  const { settings } = useWords()
  return (
    <p class="saved" role="status">
      {children ?? settings.saved}
    </p>
  )
}

export const DomainPage: FC<SettingsPageProps> = ({ fields, ...form }) => {
  const { of, more, hostsBeside } = useWords().settings
  return (
    <SettingsFrame frame={form.frame} site={form.site} page="">
      <SettingForm {...form} name="domain">
        <Field
          name="domain"
          label={of.domain.label}
          autocomplete="off"
          value={fields.domain}
          maxlength={253}
          hint={`${of.domain.effect} ${more.domain}`}
        />
      </SettingForm>
      <SettingForm {...form} name="hosts">
        <Lines
          name="hosts"
          label={hostsBeside(form.site.domain)}
          value={fields.hosts}
          hint={`${of.hosts.effect} ${more.hosts}`}
        />
      </SettingForm>
      <SettingForm {...form} name="timezone">
        <ZoneField value={fields.timezone} hint={`${of.timezone.effect} ${more.timezone}`} />
      </SettingForm>
    </SettingsFrame>
  )
}

export const CountingPage: FC<SettingsPageProps> = ({ fields, ...form }) => {
  const { settings, declaration } = useWords()
  const { of } = settings
  return (
    <SettingsFrame frame={form.frame} site={form.site} page="/counting">
      <SettingForm {...form} name="rule">
        <Radios
          name="profile"
          label={of.profile.label}
          value={fields.profile}
          options={PROFILE_NAMES.map((name) => ({ value: name, ...declaration.profiles[name] }))}
        />
        <Choice
          name="k"
          label={of.k.label}
          value={fields.k}
          options={K.choices.map((k) => ({ value: String(k), label: String(k) }))}
          hint={of.k.effect}
        />
        <p class="note">{settings.startsAgain}</p>
        <Tick name="agreed" label={settings.agreed} />
      </SettingForm>
      <SettingForm {...form} name="browsers">
        <Tick
          name="browserFamilies"
          label={of.browserFamilies.label}
          on={fields.browserFamilies === 'on'}
          hint={of.browserFamilies.effect}
        />
      </SettingForm>
    </SettingsFrame>
  )
}

export const EventsPage: FC<SettingsPageProps> = ({ fields, ...form }) => {
  const { of, more, reached } = useWords().settings
  return (
    <SettingsFrame frame={form.frame} site={form.site} page="/events">
      <SettingForm {...form} name="paths">
        <Lines
          name="queryParameters"
          label={of.queryParameters.label}
          value={fields.queryParameters}
          hint={`${of.queryParameters.effect} ${more.queryParameters}`}
        />
        <Lines
          name="pathPatterns"
          label={of.pathPatterns.label}
          value={fields.pathPatterns}
          hint={`${of.pathPatterns.effect} ${more.pathPatterns}`}
        />
        <Lines
          name="pathExceptions"
          label={of.pathExceptions.label}
          value={fields.pathExceptions}
          hint={`${of.pathExceptions.effect} ${more.pathExceptions}`}
        />
      </SettingForm>
      <SettingForm {...form} name="properties">
        <Lines
          name="properties"
          label={of.properties.label}
          value={fields.properties}
          hint={`${of.properties.effect} ${more.properties}`}
        />
      </SettingForm>
      <SettingForm {...form} name="goals">
        <Lines name="goals" label={reached} value={fields.goals} hint={`${of.goals.effect} ${more.goals}`} />
      </SettingForm>
    </SettingsFrame>
  )
}

export const ResponsiblePage: FC<SettingsPageProps> = ({ fields, ...form }) => {
  const { of, more, asVisitorsSeeIt } = useWords().settings
  return (
    <SettingsFrame frame={form.frame} site={form.site} page="/transparency">
      <SettingForm {...form} name="responsible">
        <Lines
          name="controller"
          label={of.controller.label}
          value={fields.controller}
          rows={4}
          hint={of.controller.effect}
        />
        <Lines
          name="processors"
          label={of.processors.label}
          value={fields.processors}
          hint={`${of.processors.effect} ${more.processors}`}
        />
        <p class="hint">
          <a href={`${form.frame.basePath}/transparency/${encodeURIComponent(form.site.domain)}`}>{asVisitorsSeeIt}</a>
        </p>
      </SettingForm>
    </SettingsFrame>
  )
}

export const PublicForm: FC<SettingsPageProps> = ({ fields, ...form }) => {
  const { of, more } = useWords().settings
  return (
    <SettingForm {...form} name="public">
      <Tick
        name="public"
        label={of.public.label}
        on={fields.public === 'on'}
        hint={`${of.public.effect} ${more.public}`}
      />
    </SettingForm>
  )
}
