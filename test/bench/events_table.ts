// The baseline of storage and reports: one row per event in a schema as the field uses it, with visitor and session ids
// and the second, in the same engine. Columns and order as in Plausible's events table, with better codecs than its own.
import { domainAt, type Hit } from './audience.ts'

export const EVENTS_SCHEMA = `CREATE TABLE IF NOT EXISTS events
(
  timestamp DateTime CODEC(Delta(4), ZSTD(1)),
  name LowCardinality(String),
  site_id UInt32,
  user_id UInt64 CODEC(ZSTD(1)),
  session_id UInt64 CODEC(ZSTD(1)),
  hostname String CODEC(ZSTD(1)),
  pathname String CODEC(ZSTD(1)),
  entry_page UInt8,
  referrer String CODEC(ZSTD(1)),
  referrer_source String CODEC(ZSTD(1)),
  channel LowCardinality(String),
  utm_source String CODEC(ZSTD(1)),
  utm_medium String CODEC(ZSTD(1)),
  utm_campaign String CODEC(ZSTD(1)),
  utm_term String CODEC(ZSTD(1)),
  utm_content String CODEC(ZSTD(1)),
  country_code FixedString(2) CODEC(ZSTD(1)),
  subdivision1_code LowCardinality(String),
  city_geoname_id UInt32 CODEC(ZSTD(1)),
  screen_size LowCardinality(String),
  operating_system LowCardinality(String),
  operating_system_version LowCardinality(String),
  browser LowCardinality(String),
  browser_version LowCardinality(String),
  props_key Array(String) CODEC(ZSTD(1)),
  props_value Array(String) CODEC(ZSTD(1)),
  engagement_time UInt32 CODEC(ZSTD(1)),
  scroll_depth UInt8 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(timestamp)
ORDER BY (site_id, name, toDate(timestamp), user_id, timestamp)`

const SCREENS = ['Desktop', 'Desktop', 'Desktop', 'Mobile', 'Mobile']
const SYSTEMS = ['Windows', 'Mac', 'GNU/Linux', 'Android', 'iOS']

/** A row of TabSeparated. Place and device follow from the visitor, as they do where they are looked up. */
export function eventRow(hit: Hit): string {
  const { at, site, visitor, session, agent, source, campaign, country, kind, event, plan, seconds } = hit
  const region = (visitor % 12) + 1
  return [
    Math.floor(at / 1000),
    kind === 'report' ? 'engagement' : (event ?? 'pageview'),
    site + 1,
    visitor,
    session,
    domainAt(site),
    hit.page,
    hit.startsVisit ? 1 : 0,
    source === undefined || source === '' ? '' : `https://${source}/`,
    source === undefined ? '' : campaign !== undefined ? 'newsletter' : source === '' ? 'Direct / None' : source,
    campaign !== undefined ? 'Email' : source === '' ? 'Direct' : source === undefined ? '' : 'Referral',
    campaign === undefined ? '' : 'newsletter',
    campaign === undefined ? '' : 'email',
    campaign ?? '',
    '',
    '',
    country,
    `${country}-${region}`,
    2_600_000 + region * 1000 + (visitor % 40),
    SCREENS[agent % 5],
    SYSTEMS[agent % 5],
    String(10 + (agent % 7)),
    agent % 5 === 4 ? 'Safari' : Math.floor(agent / 250) % 4 === 3 ? 'Firefox' : 'Chrome',
    String(100 + (Math.floor(agent / 5) % 50)),
    plan === undefined ? '[]' : "['plan']",
    plan === undefined ? '[]' : `['${plan}']`,
    (seconds?.[1] ?? 0) * 1000,
    kind === 'report' ? 20 + (session % 80) : 0,
  ].join('\t')
}
