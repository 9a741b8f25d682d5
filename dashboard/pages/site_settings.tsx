// The settings of a site: a few pages of small forms, each beside what it does to visitors. Rendered by sites.tsx.
import type { Child, FC } from 'hono/jsx'
import { K, PROFILE_NAMES, PROFILES } from '../../collector/contract.ts'
import type { Site } from '../../collector/sites.ts'
import type { Fields, FormName } from '../site_forms.ts'
import { SETTINGS } from '../site_words.ts'
import { Field, Refusals } from './form.tsx'
import { type Frame, Layout } from './layout.tsx'
import { Choice, Lines, Radios, Tick, ZoneField } from './site_settings_fields.tsx'

const PAGES = [
  { page: '', title: 'Domain and hosts' },
  { page: '/counting', title: 'How it counts' },
  { page: '/events', title: 'Pages and events' },
  { page: '/transparency', title: 'Transparency' },
  { page: '/sharing', title: 'Who may read' },
  { page: '/periods', title: 'Periods' },
  { page: '/end', title: 'Anonymize, delete' },
] as const
export type SettingsPageName = (typeof PAGES)[number]['page']

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

export const SettingsFrame: FC<SettingsFrameProps> = ({ frame, site, page, children }) => (
  <Layout
    frame={frame}
    title={`${PAGES.find((one) => one.page === page)?.title} · ${site.domain} · Sundial`}
    site={site}
  >
    <div class="beside">
      <nav aria-label="Settings">
        <ul>
          {PAGES.map((one) => (
            <li>
              <a href={settingsPath(frame, site, one.page)} aria-current={one.page === page ? 'page' : undefined}>
                {one.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div>{children}</div>
    </div>
  </Layout>
)

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
  title: string
  children: Child
}

const SettingForm: FC<SettingFormProps> = ({ frame, site, sent, name, title, children }) => (
  <section class="panel setting" id={name}>
    <header>
      <h2>{title}</h2>
      {sent && 'saved' in sent && sent.saved === name && <Saved />}
    </header>
    <form method="post" action={settingsPath(frame, site, '')} class="form">
      {sent && 'form' in sent && sent.form === name && <Refusals refused={sent.refused} />}
      <input type="hidden" name="form" value={name} />
      {children}
      <button class="button" type="submit">
        Save
      </button>
    </form>
  </section>
)

export const Saved: FC<{ children?: Child }> = ({ children = 'Saved' }) => (
  <p class="saved" role="status">
    {children}
  </p>
)

export const DomainPage: FC<SettingsPageProps> = ({ fields, ...form }) => (
  <SettingsFrame frame={form.frame} site={form.site} page="">
    <SettingForm {...form} name="domain" title="Domain">
      <Field
        name="domain"
        label={SETTINGS.domain.label}
        autocomplete="off"
        value={fields.domain}
        maxlength={253}
        hint={`${SETTINGS.domain.effect} The old domain stays among the hosts, so script tags that name it go on counting. Links to the old address of this page and of the dashboard end.`}
      />
    </SettingForm>
    <SettingForm {...form} name="hosts" title="Hosts and aliases">
      <Lines
        name="hosts"
        label={`Hosts beside ${form.site.domain}`}
        value={fields.hosts}
        hint={`${SETTINGS.hosts.effect} One a line, such as blog.example.com. A script tag may name any of them as its domain.`}
      />
    </SettingForm>
    <SettingForm {...form} name="timezone" title="Time zone">
      <ZoneField
        value={fields.timezone}
        hint={`${SETTINGS.timezone.effect} What was counted already keeps its hours and days.`}
      />
    </SettingForm>
  </SettingsFrame>
)

export const CountingPage: FC<SettingsPageProps> = ({ fields, ...form }) => (
  <SettingsFrame frame={form.frame} site={form.site} page="/counting">
    <SettingForm {...form} name="rule" title="How much is counted">
      <Radios
        name="profile"
        label={SETTINGS.profile.label}
        value={fields.profile}
        options={PROFILE_NAMES.map((name) => ({ value: name, ...PROFILES[name] }))}
      />
      <Choice
        name="k"
        label={SETTINGS.k.label}
        value={fields.k}
        options={K.choices.map((k) => ({ value: String(k), label: String(k) }))}
        hint={SETTINGS.k.effect}
      />
      <p class="note">
        A change of either starts the month again: nothing that was counted under one rule is named under another. What
        has no name yet is counted as other, and pages, sources and countries earn their names anew. Totals go on, and
        what shows already stays.
      </p>
      <Tick name="agreed" label="Start the month again, where this changes" />
    </SettingForm>
    <SettingForm {...form} name="browsers" title="Browsers">
      <Tick
        name="browserFamilies"
        label={SETTINGS.browserFamilies.label}
        on={fields.browserFamilies === 'on'}
        hint={SETTINGS.browserFamilies.effect}
      />
    </SettingForm>
  </SettingsFrame>
)

export const EventsPage: FC<SettingsPageProps> = ({ fields, ...form }) => (
  <SettingsFrame frame={form.frame} site={form.site} page="/events">
    <SettingForm {...form} name="paths" title="Pages">
      <Lines
        name="queryParameters"
        label={SETTINGS.queryParameters.label}
        value={fields.queryParameters}
        hint={`${SETTINGS.queryParameters.effect} One a line, such as lang.`}
      />
      <Lines
        name="pathPatterns"
        label={SETTINGS.pathPatterns.label}
        value={fields.pathPatterns}
        hint={`${SETTINGS.pathPatterns.effect} One a line: /u/:name/posts makes every /u/ann/posts that; * is any segment, a last ** the rest. Ids, tokens and e-mail addresses are replaced without any.`}
      />
      <Lines
        name="pathExceptions"
        label={SETTINGS.pathExceptions.label}
        value={fields.pathExceptions}
        hint={`${SETTINGS.pathExceptions.effect} One a line, such as /blog/20240115 or /docs/*.`}
      />
    </SettingForm>
    <SettingForm {...form} name="properties" title="Events">
      <Lines
        name="properties"
        label={SETTINGS.properties.label}
        value={fields.properties}
        hint={`${SETTINGS.properties.effect} One a line: plan for texts, amount:10,50,100 for numbers and their bounds. Events themselves need no declaration.`}
      />
    </SettingForm>
    <SettingForm {...form} name="goals" title="Goals">
      <Lines
        name="goals"
        label="What counts as reached"
        value={fields.goals}
        hint={`${SETTINGS.goals.effect} One a line: the name of an event, such as signup, or a page, such as /thanks or /docs/*.`}
      />
    </SettingForm>
  </SettingsFrame>
)

export const ResponsiblePage: FC<SettingsPageProps> = ({ fields, ...form }) => (
  <SettingsFrame frame={form.frame} site={form.site} page="/transparency">
    <SettingForm {...form} name="responsible" title="What visitors read of you">
      <Lines
        name="controller"
        label={SETTINGS.controller.label}
        value={fields.controller}
        rows={4}
        hint={SETTINGS.controller.effect}
      />
      <Lines
        name="processors"
        label={SETTINGS.processors.label}
        value={fields.processors}
        hint={`${SETTINGS.processors.effect} One a line, such as Hetzner, Falkenstein (EU).`}
      />
      <p class="hint">
        <a href={`${form.frame.basePath}/transparency/${encodeURIComponent(form.site.domain)}`}>
          The transparency page as visitors see it
        </a>
      </p>
    </SettingForm>
  </SettingsFrame>
)

export const PublicForm: FC<SettingsPageProps> = ({ fields, ...form }) => (
  <SettingForm {...form} name="public" title="Everybody">
    <Tick
      name="public"
      label={SETTINGS.public.label}
      on={fields.public === 'on'}
      hint={`${SETTINGS.public.effect} Search engines are asked to stay away.`}
    />
  </SettingForm>
)
