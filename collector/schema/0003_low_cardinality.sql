-- Values by their place in a dictionary of each part: 17 to 27 % less to store, and faster to group (npm run bench).
-- Existing parts are rewritten. The view is made anew, because it keeps the types that it was made with.

ALTER TABLE sundial.counts
  MODIFY COLUMN value LowCardinality(String) CODEC(ZSTD(1)),
  MODIFY COLUMN value2 LowCardinality(String) CODEC(ZSTD(1))
SETTINGS mutations_sync = 2;

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
