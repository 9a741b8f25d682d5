-- What operators did to sites, for ever: one row an act, never changed, never deleted. No visitor's data, so no period.
-- Restoring a backup carries it over and does again what has been done since; the transparency page reads it.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The same act in every copy of the ledger.
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
  -- UTC, to the second.
  at TEXT NOT NULL,
  site INTEGER NOT NULL,
  domain TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('added', 'changed', 'shortened', 'lengthened', 'anonymized', 'deleted')),
  -- JSON: settings before and after, rows and counts before and after, the last day that was reached.
  details TEXT NOT NULL CHECK (json_valid(details))
);

CREATE INDEX ledger_of_site ON ledger (site);

CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_keeps_words BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- What was ordered and is not done yet: written together with the settings it changes, so that no crash can lose it.
-- The receipt goes to the ledger when the last row is gone, and the order away with it. See orders.ts.
CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  site INTEGER NOT NULL,
  domain TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('shortened', 'anonymized', 'deleted')),
  details TEXT NOT NULL CHECK (json_valid(details)),
  -- The accumulators have forgotten what they held of the site, as far as the order wants it.
  forgotten INTEGER NOT NULL DEFAULT 0
);
