// The record of processing activities that Article 30 of the GDPR asks of a controller, for one site, made to print. What
// Sundial knows it fills in; what only the controller knows stays visibly empty. Rendered by transparency.tsx.
// https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_30
import type { Child, FC } from 'hono/jsx'
import type { Disclosure } from '../disclosure.ts'
import { useWords } from '../languages/use_words.ts'
import { Lines, type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'

interface RecordPageProps {
  frame: PublicFrame
  disclosure: Disclosure
}

export const RecordPage: FC<RecordPageProps> = ({ frame, disclosure }) => {
  const { record: words, sayMoment } = useWords()
  const { site, madeAt, controller, processors, settings, limits } = disclosure
  const { point } = words
  return (
    <TransparencyFrame frame={frame} title={words.title(site)} site={site}>
      <article class="panel record">
        <header>
          <h1>{words.heading}</h1>
          <p>{words.of(site, sayMoment(madeAt))}</p>
          <p class="hint screen">{words.hint}</p>
        </header>
        <dl>
          <Entry of={point('a')} title={words.controller}>
            {controller === '' ? <Empty /> : <p class="lines">{controller}</p>}
          </Entry>
          <Entry of={point('a')} title={words.jointController}>
            <Empty />
          </Entry>
          <Entry of={point('a')} title={words.representative}>
            <Empty />
          </Entry>
          <Entry of={point('a')} title={words.officer}>
            <Empty />
          </Entry>
          <Entry of={point('b')} title={words.purposes.title}>
            <p>{words.purposes.measuring(site)}</p>
            <Empty for={words.purposes.further} />
          </Entry>
          <Entry of={words.article6} title={words.legalBasis}>
            <Empty />
          </Entry>
          <Entry of={point('c')} title={words.subjects.title}>
            <p>{words.subjects.visitors(settings.hosts)}</p>
          </Entry>
          <Entry of={point('c')} title={words.data.title}>
            <PersonalData disclosure={disclosure} />
          </Entry>
          <Entry of={point('c')} title={words.special.title}>
            <p>{words.special.none}</p>
            <Empty for={words.special.assessment} />
          </Entry>
          <Entry of={point('d')} title={words.processors}>
            {processors.length === 0 ? <Empty /> : <Lines of={processors} />}
          </Entry>
          <Entry of={point('d')} title={words.recipients.title}>
            <OtherRecipients frame={frame} disclosure={disclosure} />
          </Entry>
          <Entry of={point('e')} title={words.transfers}>
            <Empty />
          </Entry>
          <Entry of={point('f')} title={words.erasure.title}>
            <Erasure disclosure={disclosure} />
          </Entry>
          <Entry of={point('g')} title={words.security.title}>
            <Lines of={words.security.measures(settings.k)} />
            <Empty for={words.security.place} />
          </Entry>
          <Entry of={words.note} title={words.limits}>
            <Lines of={limits} />
          </Entry>
          <Entry of={words.note} title={words.reviewed}>
            <Empty />
          </Entry>
        </dl>
      </article>
    </TransparencyFrame>
  )
}

const PersonalData: FC<{ disclosure: Disclosure }> = ({ disclosure: { settings, stored, never } }) => {
  const { record, general } = useWords()
  const attributes = stored.attributes.filter(({ countedHere }) => countedHere)
  return (
    <>
      <p>{record.data.inTransit}</p>
      <p>
        {record.data.kept(
          settings.k,
          attributes.map(({ name }) => general.nouns[name].one),
        )}
      </p>
      <p>{record.data.notCollected(never)}</p>
    </>
  )
}

const OtherRecipients: FC<RecordPageProps> = ({ frame, disclosure: { site, address } }) => {
  const { recipients: words } = useWords().record
  const { host, pathname } = new URL(address)
  return (
    <>
      <p>
        {words.none(
          (text) => (
            <a href={transparencyPath(frame, site)}>{text}</a>
          ),
          `${host}${pathname}`,
        )}
      </p>
      <Empty for={words.others} />
    </>
  )
}

const Erasure: FC<{ disclosure: Disclosure }> = ({ disclosure: { periods } }) => {
  const { record, sayMonth, sayDay } = useWords()
  const { erasure: words } = record
  const { month, generalizeOn, expireOn } = periods.example
  const said = [
    words.periods(periods.anonymizationDays, periods.retentionDays),
    words.example(sayMonth(month), sayDay(generalizeOn), sayDay(expireOn)),
  ]
  return (
    <>
      <p>{said.join(' ')}</p>
      <p>{words.offTheDisk}</p>
      <Empty for={words.backups} />
    </>
  )
}

const Entry: FC<{ of: string; title: string; children: Child }> = ({ of, title, children }) => (
  <div class="entry">
    <dt>
      <small>{of}</small> {title}
    </dt>
    <dd>{children}</dd>
  </div>
)

/** A field of which only the controller knows what belongs into it. */
const Empty: FC<{ for?: string }> = ({ for: what }) => {
  const { toFill } = useWords().record
  return (
    <p class="to-fill">
      <span>{what ?? toFill}</span>
    </p>
  )
}
