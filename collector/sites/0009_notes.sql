-- What happened on a day, written by the site's own people: shown on its chart to them alone, gone with the site.
CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  -- Site-local.
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('release', 'campaign', 'other')),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 200)
);
CREATE INDEX notes_of_site ON notes (site, day);
