-- The people who use the dashboard: accounts, organizations, who may do what, and what they did. Never a visitor.

-- The five tables of better-auth (https://www.better-auth.com/docs/concepts/database), as its own generator writes them;
-- a test asks it whether anything is missing. The columns that would keep a user's address and browser refuse to.
CREATE TABLE "user" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL UNIQUE,
  "emailVerified" INTEGER NOT NULL,
  "image" TEXT,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL,
  "twoFactorEnabled" INTEGER
);
CREATE TABLE "session" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "expiresAt" DATE NOT NULL,
  "token" TEXT NOT NULL UNIQUE,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL,
  "ipAddress" TEXT CHECK (coalesce("ipAddress", '') = ''),
  "userAgent" TEXT CHECK (coalesce("userAgent", '') = ''),
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE TABLE "account" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "accountId" TEXT NOT NULL,
  "providerId" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "accessToken" TEXT,
  "refreshToken" TEXT,
  "idToken" TEXT,
  "accessTokenExpiresAt" DATE,
  "refreshTokenExpiresAt" DATE,
  "scope" TEXT,
  "password" TEXT,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL
);
CREATE TABLE "verification" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "identifier" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "expiresAt" DATE NOT NULL,
  "createdAt" DATE NOT NULL,
  "updatedAt" DATE NOT NULL
);
CREATE TABLE "twoFactor" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "secret" TEXT NOT NULL,
  "backupCodes" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "verified" INTEGER,
  "failedVerificationCount" INTEGER,
  "lockedUntil" DATE
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");
CREATE INDEX "account_userId_idx" ON "account" ("userId");
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");
CREATE INDEX "twoFactor_secret_idx" ON "twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");

-- Sites belong to organizations: sites.organization. An account reaches them as a member only.
CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Days an entry of its audit log is kept.
  audit_days INTEGER NOT NULL DEFAULT 365 CHECK (audit_days BETWEEN 30 AND 1095),
  -- UTC day on which the counts of its sites go, once it was deleted; NULL while it lives.
  ends_on TEXT
);

CREATE TABLE members (
  organization TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'analyst', 'viewer')),
  PRIMARY KEY (organization, user)
);
CREATE INDEX members_of_user ON members (user);

-- The sites a viewer was given; the other roles read every site of their organization.
CREATE TABLE viewer_sites (
  organization TEXT NOT NULL,
  user TEXT NOT NULL,
  site INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  PRIMARY KEY (organization, user, site),
  FOREIGN KEY (organization, user) REFERENCES members (organization, user) ON DELETE CASCADE
);

-- Links that open once: the hash of what stands in the address, and what whoever opens it may do.
CREATE TABLE links (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'invitation', 'reset', 'undo')),
  -- Of an invitation and an undo.
  organization TEXT REFERENCES organizations (id) ON DELETE CASCADE,
  -- Of a reset.
  user TEXT REFERENCES "user" ("id") ON DELETE CASCADE,
  -- Of an invitation: whom it is for, what they become, and the sites (JSON list of ids) of a viewer.
  email TEXT,
  role TEXT,
  sites TEXT,
  -- UTC, to the second.
  expires_at TEXT NOT NULL
);

-- Programs read numbers and manage sites with a token, of which only the hash is kept.
CREATE TABLE api_tokens (
  id TEXT PRIMARY KEY,
  organization TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'manage')),
  -- JSON list of ids, NULL for every site of the organization.
  sites TEXT,
  created_on TEXT NOT NULL,
  -- UTC day.
  last_used_on TEXT
);
CREATE INDEX api_tokens_of_organization ON api_tokens (organization);

-- Whoever has the address reads the site as an outsider. Only its hash is kept.
CREATE TABLE share_links (
  id TEXT PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_on TEXT NOT NULL
);
CREATE INDEX share_links_of_site ON share_links (site);

-- Who did what: written in the same batch as what it tells of, never changed, gone after its organization's period.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization TEXT NOT NULL,
  -- UTC, to the second.
  at TEXT NOT NULL,
  -- Id of the user, 'token:<id>', or 'operator' for the command line.
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  -- Domain; '' where it was no site's.
  site TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  -- UTC day.
  expires_on TEXT NOT NULL
);
CREATE INDEX audit_of_organization ON audit (organization, id);
CREATE INDEX audit_expiry ON audit (expires_on);

CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit WHEN OLD.expires_on > date('now')
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
