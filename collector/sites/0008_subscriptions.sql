-- Who gets the weekly report and the alerts of a site: members by mail, and webhooks. And what was sent of it, so that
-- nothing is sent twice.
CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  -- A member, who is written to at the address of their account ...
  user TEXT REFERENCES "user" ("id") ON DELETE CASCADE,
  -- ... or a webhook, which has a name and an address. Its signing key is made of the operator's secret and the id.
  name TEXT,
  url TEXT,
  weekly INTEGER NOT NULL CHECK (weekly IN (0, 1)),
  alerts INTEGER NOT NULL CHECK (alerts IN (0, 1)),
  -- Where the dashboard was reached when this was chosen: links in mails lead there.
  origin TEXT NOT NULL,
  -- UTC day.
  created_on TEXT NOT NULL,
  CHECK ((user IS NULL) = (url IS NOT NULL AND name IS NOT NULL)),
  UNIQUE (site, user)
);

-- Who reads a site no more gets nothing of it, also when they come back one day.
CREATE TRIGGER subscriptions_end_with_membership AFTER DELETE ON members
BEGIN
  DELETE FROM subscriptions
  WHERE user = OLD.user AND site IN (SELECT id FROM sites WHERE organization = OLD.organization);
END;

-- What a subscription is to get once: 'weekly 2026-11-16' (the Monday), 'spike 2026-11-22', 'silence 2026-11-22'. Whoever
-- sends it takes it first, by one statement; what was taken and has no outcome is never taken again.
CREATE TABLE deliveries (
  subscription TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
  occasion TEXT NOT NULL,
  -- JSON: what an alert was about.
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'failed', 'sent', 'given up')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- UTC, to the second: when it was planned.
  planned_at TEXT NOT NULL,
  -- And when somebody took it last.
  taken_at TEXT,
  PRIMARY KEY (subscription, occasion)
);
CREATE INDEX deliveries_open ON deliveries (state, planned_at);

-- Whether pages of the site itself may show what a share link opens in a frame.
ALTER TABLE share_links ADD COLUMN framed INTEGER NOT NULL DEFAULT 0 CHECK (framed IN (0, 1));
