-- The tables of counts and the views that the dashboard reads. Columns as in collector/contract.ts.
-- Every row carries its own two dates: from generalize_on it loses its hour or day, from expire_on it is gone. Merges
-- carry that out (collector/retention.ts makes them prompt); the views hold to it from the day itself.
--
-- Days begin in UTC, in the TTL as in the views: a bare date would begin in the time zone of the server.
--
-- Plain SummingMergeTree: without a column list, the two dates take the minimum when rows merge.
-- The constraints refuse a row without its dates (it would end at once, or never) and a count that is not in fives.
--
-- Settings: a flush is retried with its deduplication token, so ClickHouse must remember tokens for longer than a retry
-- can wait. 100,000 are five days of the flushes of one accumulator, every 5 seconds; the replicated_* ones say the
-- same to ClickHouse Cloud and to clusters. fsync: what was acknowledged outlives a power cut. merge_with_ttl_timeout
-- is ClickHouse's own default, written down because 0 makes it merge for ever.

CREATE TABLE IF NOT EXISTS sundial.hours
(
  site UInt32,
  month Date CODEC(Delta, ZSTD(1)),
  day Date CODEC(Delta, ZSTD(1)),
  hour UInt8,
  visits UInt64 CODEC(ZSTD(1)),
  generalize_on SimpleAggregateFunction(min, Date) CODEC(Delta, ZSTD(1)),
  expire_on SimpleAggregateFunction(min, Date) CODEC(Delta, ZSTD(1)),
  CONSTRAINT dated CHECK month = toStartOfMonth(day) AND generalize_on > day AND expire_on > day
)
ENGINE = SummingMergeTree
PARTITION BY toYYYYMM(month)
ORDER BY (site, month, day, hour)
TTL toDateTime(generalize_on, 'UTC') DELETE
SETTINGS
  non_replicated_deduplication_window = 100000,
  replicated_deduplication_window = 100000,
  replicated_deduplication_window_seconds = 604800,
  fsync_after_insert = 1,
  fsync_part_directory = 1,
  merge_with_ttl_timeout = 14400;

CREATE TABLE IF NOT EXISTS sundial.days
(
  site UInt32,
  month Date CODEC(Delta, ZSTD(1)),
  day Date CODEC(Delta, ZSTD(1)),
  visits UInt64 CODEC(ZSTD(1)),
  pageviews UInt64 CODEC(ZSTD(1)),
  engaged UInt64 CODEC(ZSTD(1)),
  events UInt64 CODEC(ZSTD(1)),
  expire_on SimpleAggregateFunction(min, Date) CODEC(Delta, ZSTD(1)),
  CONSTRAINT dated CHECK month = toStartOfMonth(day) AND expire_on > day
)
ENGINE = SummingMergeTree
PARTITION BY toYYYYMM(month)
ORDER BY (site, month, day)
TTL toDateTime(expire_on, 'UTC') DELETE
SETTINGS
  non_replicated_deduplication_window = 100000,
  replicated_deduplication_window = 100000,
  replicated_deduplication_window_seconds = 604800,
  fsync_after_insert = 1,
  fsync_part_directory = 1,
  merge_with_ttl_timeout = 14400;

-- month stands before day in the key, because TTL ... GROUP BY folds rows by a prefix of the key only.
CREATE TABLE IF NOT EXISTS sundial.counts
(
  site UInt32,
  metric LowCardinality(String),
  dimension LowCardinality(String),
  dimension2 LowCardinality(String),
  value String CODEC(ZSTD(1)),
  value2 String CODEC(ZSTD(1)),
  month Date CODEC(Delta, ZSTD(1)),
  day Date CODEC(Delta, ZSTD(1)),
  n UInt64 CODEC(ZSTD(1)),
  generalize_on SimpleAggregateFunction(min, Date) CODEC(Delta, ZSTD(1)),
  expire_on SimpleAggregateFunction(min, Date) CODEC(Delta, ZSTD(1)),
  CONSTRAINT dated CHECK month = toStartOfMonth(day) AND generalize_on > day AND expire_on > day,
  CONSTRAINT fives CHECK n % 5 = 0
)
ENGINE = SummingMergeTree
PARTITION BY toYYYYMM(month)
ORDER BY (site, metric, dimension, dimension2, value, value2, month, day)
TTL
  toDateTime(generalize_on, 'UTC')
    GROUP BY site, metric, dimension, dimension2, value, value2, month
    SET
      day = min(month),
      n = sum(n),
      generalize_on = min(generalize_on),
      expire_on = min(expire_on),
  toDateTime(expire_on, 'UTC') DELETE
SETTINGS
  non_replicated_deduplication_window = 100000,
  replicated_deduplication_window = 100000,
  replicated_deduplication_window_seconds = 604800,
  fsync_after_insert = 1,
  fsync_part_directory = 1,
  merge_with_ttl_timeout = 14400;

-- The views run with the rights of whoever migrates, so that the dashboard's user needs none on the tables.
CREATE OR REPLACE VIEW sundial.readable_hours
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
  site,
  month,
  day,
  hour,
  visits
FROM sundial.hours
WHERE generalize_on > toDate(now('UTC'))
  AND expire_on > toDate(now('UTC'));

CREATE OR REPLACE VIEW sundial.readable_days
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
  site,
  month,
  day,
  visits,
  pageviews,
  engaged,
  events
FROM sundial.days
WHERE expire_on > toDate(now('UTC'));

-- A generalized count stands on the first of its month, whether or not a merge has folded it yet.
CREATE OR REPLACE VIEW sundial.readable_counts
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
  counts.site AS site,
  counts.metric AS metric,
  counts.dimension AS dimension,
  counts.dimension2 AS dimension2,
  counts.value AS value,
  counts.value2 AS value2,
  counts.month AS month,
  if(counts.generalize_on > toDate(now('UTC')), counts.day, counts.month) AS day,
  counts.generalize_on <= toDate(now('UTC')) AS generalized,
  counts.n AS n
FROM sundial.counts AS counts
WHERE counts.expire_on > toDate(now('UTC'));
