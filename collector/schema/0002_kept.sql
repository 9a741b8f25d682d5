-- The gauge: how old the oldest rows are that are still on disk, whether or not the periods let anybody read them.
-- It tells dates and numbers of parts only, no value and no count. Read by dashboard/reports/kept.ts.
-- DEFINER: as the other views, so that the dashboard's user needs no right on the tables.

CREATE OR REPLACE VIEW sundial.readable_kept
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
  'hours' AS table_name,
  site,
  min(day) AS oldest_day,
  min(least(generalize_on, expire_on)) AS first_end
FROM sundial.hours
GROUP BY site
UNION ALL
SELECT
  'days' AS table_name,
  site,
  min(day) AS oldest_day,
  min(expire_on) AS first_end
FROM sundial.days
GROUP BY site
UNION ALL
SELECT
  'counts' AS table_name,
  site,
  min(day) AS oldest_day,
  min(expire_on) AS first_end
FROM sundial.counts
GROUP BY site;

-- Parts that a merge has replaced stay on disk for some minutes, inactive. They hold rows of all sites of a month.
-- The database is the one that is asked, as for every statement here; on a cluster, the replica that answers.
CREATE OR REPLACE VIEW sundial.readable_parts
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
  table AS table_name,
  toDate(parseDateTimeBestEffort(concat(partition, '01'))) AS month,
  active,
  count() AS parts
FROM system.parts
WHERE database = currentDatabase()
  AND table IN ('hours', 'days', 'counts')
  AND rows > 0
GROUP BY table, month, active;
