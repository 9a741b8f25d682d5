// The public page about a site, made to be linked from its privacy notice: what is received, kept and never kept, for how
// long, by whom, and what all that does not cover. Rendered by transparency.tsx from a disclosure.
import type { FC } from 'hono/jsx'
import type { Disclosure } from '../disclosure.ts'
import { useWords } from '../languages/use_words.ts'
import { Lines, type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'
import { Periods } from './transparency_periods.tsx'
import { Rows, Section, type SectionId } from './transparency_section.tsx'
import { Attributes, Received, Stored } from './transparency_stored.tsx'

interface Props {
  frame: PublicFrame
  disclosure: Disclosure
}

/** In the order of the page. */
const SECTIONS = [
  ...(['short', 'received', 'stored', 'attributes', 'never', 'fives'] as const),
  ...(['periods', 'responsible', 'refuse', 'limits', 'check'] as const),
] satisfies readonly SectionId[]

export const TransparencyPage: FC<Props> = ({ frame, disclosure }) => {
  const { transparency: words, sayMoment } = useWords()
  const { site } = disclosure
  return (
    <TransparencyFrame frame={frame} title={words.title(site)} site={site} here="page">
      <section class="hero">
        <h1>{words.heading(site)}</h1>
        <p>{words.lead(site)}</p>
        <p class="hint">{words.made(sayMoment(disclosure.madeAt))}</p>
      </section>
      <div class="told">
        <nav class="contents" aria-label={words.contents}>
          <ol>
            {SECTIONS.map((id) => (
              <li>
                <a href={`#${id}`}>{words.sections[id]}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="sections">
          <Short disclosure={disclosure} />
          <Received disclosure={disclosure} frame={frame} />
          <Stored disclosure={disclosure} />
          <Attributes disclosure={disclosure} />
          <Section id="never">
            <p>{words.never}</p>
            <Lines of={disclosure.never} />
          </Section>
          <Fives disclosure={disclosure} />
          <Periods disclosure={disclosure} />
          <Responsible disclosure={disclosure} />
          <Refuse disclosure={disclosure} />
          <Section id="limits">
            <p>{words.limits}</p>
            <Lines of={disclosure.limits} />
          </Section>
          <Check disclosure={disclosure} frame={frame} />
        </div>
      </div>
    </TransparencyFrame>
  )
}

const Short: FC<{ disclosure: Disclosure }> = ({ disclosure: { settings, periods } }) => {
  const { short } = useWords().transparency
  const promises = [
    short.nobody,
    short.counted(settings.k),
    short.hour,
    short.ends(periods.anonymizationDays, periods.retentionDays),
  ]
  return (
    <Section id="short">
      <ul class="promises">
        {promises.map(({ title, sentences }) => (
          <li>
            <b>{title}</b>
            {sentences}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Fives: FC<{ disclosure: Disclosure }> = ({ disclosure: { settings, profile, stored } }) => {
  const { transparency, general } = useWords()
  const words = transparency.fives
  const later = stored.attributes.filter(({ countedHere, namedAfter }) => countedHere && namedAfter > settings.k)
  const rules = [
    words.profile(profile.label),
    profile.meaning,
    ...(profile.strata ? [words.strata(profile.strata.of, profile.strata.atLeast)] : []),
    ...(profile.leaves === 'at midnight' ? [words.atMidnight] : []),
    words.timezone(settings.timezone.replaceAll('_', ' ')),
  ]
  return (
    <Section id="fives">
      <p>{words.example(settings.k)}</p>
      <p>{words.rest(settings.k)}</p>
      {later.length > 0 && <p>{words.freeText(later.map(({ name }) => general.nouns[name].one))}</p>}
      <p>{rules.join(' ')}</p>
    </Section>
  )
}

const Responsible: FC<{ disclosure: Disclosure }> = ({ disclosure: { controller, processors, site } }) => {
  const { responsible: words } = useWords().transparency
  return (
    <Section id="responsible">
      <dl class="facts">
        <dt>{words.controller}</dt>
        <dd class="lines">{controller || words.unsaid(site)}</dd>
        <dt>{words.processors}</dt>
        <dd>{processors.length === 0 ? words.none : <Lines of={processors} />}</dd>
      </dl>
    </Section>
  )
}

const Refuse: FC<{ disclosure: Disclosure }> = ({ disclosure: { received, settings } }) => {
  const { refuse: words } = useWords().transparency
  return (
    <Section id="refuse">
      <p>
        {words.how((command) => (
          <code>{command}</code>
        ))}
      </p>
      <p>{words.reasons}</p>
      <Reasons head={words.reason} reasons={received.notCounted} />
      <p>{words.owner(settings.k)}</p>
      <Reasons head={words.countedAs} reasons={received.shownToOwner} />
      <p>{words.limit(received.requestsPerMinute)}</p>
    </Section>
  )
}

const Reasons: FC<{ head: readonly string[]; reasons: Disclosure['received']['notCounted'] }> = ({ head, reasons }) => (
  <Rows head={head}>
    {reasons.map(({ reason, means }) => (
      <tr>
        <th scope="row">
          <code>{reason}</code>
        </th>
        <td>{means}</td>
      </tr>
    ))}
  </Rows>
)

const Check: FC<Props> = ({ disclosure: { schemaHash, site }, frame }) => {
  const { transparency } = useWords()
  return (
    <Section id="check">
      <p>
        {transparency.check(
          (file) => (
            <a href={transparencyPath(frame, site, '.json')}>{file}</a>
          ),
          `${site}.json`,
        )}
      </p>
      <p>
        <code class="hash">{schemaHash}</code>
      </p>
    </Section>
  )
}
