// The record of processing activities that Article 30 of the GDPR asks of a controller, for one site, made to print. What
// Sundial knows it fills in; what only the controller knows stays visibly empty. Rendered by transparency.tsx.
// https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_30
import type { Child, FC } from 'hono/jsx'
import type { Disclosure } from '../disclosure.ts'
import { sayDay, sayK, sayList, sayMoment, sayMonth } from '../words.ts'
import { Lines, type PublicFrame, TransparencyFrame, transparencyPath } from './transparency_frame.tsx'

interface RecordPageProps {
  frame: PublicFrame
  disclosure: Disclosure
}

export const RecordPage: FC<RecordPageProps> = ({ frame, disclosure }) => {
  const { site, madeAt, controller, processors, settings, periods, stored, never, limits } = disclosure
  const { one, many } = sayK(settings.k)
  const attributes = stored.attributes.filter(({ countedHere }) => countedHere).map(({ label }) => label.toLowerCase())
  const { month, generalizeOn, expireOn } = periods.example
  const explained = new URL(disclosure.address)
  return (
    <TransparencyFrame frame={frame} title={`Record of processing: audience measurement of ${site}`} site={site}>
      <article class="panel record">
        <header>
          <h1>Record of processing activities</h1>
          <p>{`Article 30(1) GDPR · Audience measurement of ${site} · made ${sayMoment(madeAt)}`}</p>
          <p class="hint screen">
            Made from this site’s settings and from what the program may keep. Print it, and fill in the fields that are
            empty: only the controller knows them. It is a help, not legal advice.
          </p>
        </header>
        <dl>
          <Entry of="(a)" title="Controller, name and contact">
            {controller === '' ? <Empty /> : <p class="lines">{controller}</p>}
          </Entry>
          <Entry of="(a)" title="Joint controller, if any">
            <Empty />
          </Entry>
          <Entry of="(a)" title="Representative in the Union, if any">
            <Empty />
          </Entry>
          <Entry of="(a)" title="Data protection officer, if any">
            <Empty />
          </Entry>
          <Entry of="(b)" title="Purposes">
            <p>
              {`Measuring the audience of ${site}: how many visits and page views there are, where they come from, which pages and events they concern, and for how long pages are read, as sums over all visitors.`}
            </p>
            <Empty for="Further purposes, if any" />
          </Entry>
          <Entry of="Art. 6" title="Legal basis (not part of Article 30, and usually noted here)">
            <Empty />
          </Entry>
          <Entry of="(c)" title="Categories of data subjects">
            <p>{`Visitors of ${sayList(settings.hosts)}.`}</p>
          </Entry>
          <Entry of="(c)" title="Categories of personal data">
            <p>
              In transit, for the time of a request: IP address, user agent and the browser’s headers about robots,
              fetching in advance and objections; address of the page, referrer, name and properties of events, seconds
              of engaged time. In memory, for a minute at most: a keyed hash of the IP address.
            </p>
            <p>
              {`Kept: exact totals of visits by hour and of visits, page views, engaged visits and events by day, and counts in whole ${many} by ${sayList(attributes)}. A value that was not counted ${one} times in a month is kept as a keyed hash and a number, and its name is not.`}
            </p>
            <p>{`Not collected: ${never.map((line) => line.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())).join('; ')}.`}</p>
          </Entry>
          <Entry of="(c)" title="Special categories of data (Article 9)">
            <p>None is asked for. Addresses of pages can tell of them where the site’s pages do.</p>
            <Empty for="The controller’s assessment" />
          </Entry>
          <Entry of="(d)" title="Recipients: processors and where they are">
            {processors.length === 0 ? <Empty /> : <Lines of={processors} />}
          </Entry>
          <Entry of="(d)" title="Other recipients">
            <p>
              The software sends nothing to anybody else. The page that explains all this,{' '}
              <a href={transparencyPath(frame, site)}>{`${explained.host}${explained.pathname}`}</a>, is public.
            </p>
            <Empty for="Whoever else is given the numbers" />
          </Entry>
          <Entry of="(e)" title="Transfers to third countries, and their safeguards">
            <Empty />
          </Entry>
          <Entry of="(f)" title="Time limits for erasure">
            <p>
              {`Anonymization, ${periods.anonymizationDays} days after the end of a month: its hours become days, its named counts become months. Retention, ${periods.retentionDays} days after the beginning of a month: all of it ends. What is counted in ${sayMonth(month)} reaches these dates on ${sayDay(generalizeOn)} and ${sayDay(expireOn)}.`}
            </p>
            <p>
              What has ended cannot be read from that day on, and is off the disk about an hour and a quarter later,
              plus the time the database takes to merge. The operator can end it sooner, by site and date.
            </p>
            <Empty for="Backups, and the logs of whoever hosts it" />
          </Entry>
          <Entry of="(g)" title="Technical and organisational security measures (Article 32)">
            <ul class="list">
              <li>{`Counting instead of recording: no row for a visitor, a visit or an event; no name below ${one} counts in a month; at most two attributes in a row.`}</li>
              <li>
                Hashes of what is not named yet are keyed by a random key of the site and month, which is destroyed when
                the month ends.
              </li>
              <li>
                The database’s own rules refuse a row without its dates and a count that is not in fives; the dashboard
                reads views that hide what has ended.
              </li>
              <li>
                Where a database server is used, each part has a user of its own: the collector may only insert, the
                dashboard may only read the views.
              </li>
              <li>Addresses and user agents are kept out of logs and error messages.</li>
            </ul>
            <Empty for="Of the place where it runs: access, encryption, backups, people" />
          </Entry>
          <Entry of="Note" title="What these measures do not cover">
            <Lines of={limits} />
          </Entry>
          <Entry of="Note" title="Reviewed by, on">
            <Empty />
          </Entry>
        </dl>
      </article>
    </TransparencyFrame>
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
const Empty: FC<{ for?: string }> = ({ for: what }) => (
  <p class="to-fill">
    <span>{what ?? 'To be filled in by the controller'}</span>
  </p>
)
