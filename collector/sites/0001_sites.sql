-- The settings store: SQLite on one machine, D1 on Workers. Applied by sites_sqlite.ts or `wrangler d1 migrations apply`.
-- AUTOINCREMENT: an id that was removed is never given to another site, whose numbers it would inherit.
CREATE TABLE sites (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  domain TEXT NOT NULL UNIQUE,
  hosts TEXT NOT NULL,
  timezone TEXT NOT NULL,
  k INTEGER NOT NULL,
  profile TEXT NOT NULL,
  anonymization_days INTEGER NOT NULL,
  retention_days INTEGER NOT NULL,
  query_parameters TEXT NOT NULL,
  properties TEXT NOT NULL,
  browser_families INTEGER NOT NULL
);

-- One row. Every reader compares this number with the one it loaded; triggers keep it honest whoever writes.
CREATE TABLE settings_version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
);
INSERT INTO settings_version (id, version) VALUES (1, 1);

CREATE TRIGGER sites_added AFTER INSERT ON sites
BEGIN
  UPDATE settings_version SET version = version + 1;
END;

CREATE TRIGGER sites_changed AFTER UPDATE ON sites
BEGIN
  UPDATE settings_version SET version = version + 1;
END;

CREATE TRIGGER sites_removed AFTER DELETE ON sites
BEGIN
  UPDATE settings_version SET version = version + 1;
END;
