-- What must hold of organizations whoever asks at once, and the audit log's period as a setting that also takes what is
-- there already: an entry ends when its organization's days have passed since, not on a day that it was written with.

CREATE TRIGGER members_keep_an_owner BEFORE UPDATE OF role ON members
WHEN OLD.role = 'owner' AND NEW.role <> 'owner'
  AND NOT EXISTS (SELECT 1 FROM members WHERE organization = OLD.organization AND user <> OLD.user AND role = 'owner')
BEGIN
  SELECT RAISE(ABORT, 'an organization keeps an owner');
END;

-- One that ends keeps none; one that is gone (this fires for its members as well) has none.
CREATE TRIGGER members_leave_an_owner BEFORE DELETE ON members
WHEN OLD.role = 'owner'
  AND EXISTS (SELECT 1 FROM organizations WHERE id = OLD.organization AND ends_on IS NULL)
  AND NOT EXISTS (SELECT 1 FROM members WHERE organization = OLD.organization AND user <> OLD.user AND role = 'owner')
BEGIN
  SELECT RAISE(ABORT, 'an organization keeps an owner');
END;

-- Who made an invitation; NULL for the operator. When they may invite no more, what they made opens nothing.
ALTER TABLE links ADD COLUMN inviter TEXT REFERENCES "user" ("id") ON DELETE CASCADE;

DROP TRIGGER audit_keeps_rows;
DROP INDEX audit_expiry;
ALTER TABLE audit DROP COLUMN expires_on;
CREATE INDEX audit_at ON audit (organization, at);

-- Without its organization nobody can read an entry any more, so nobody keeps it: then there is nothing to compare with.
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
WHEN OLD.at > (
  SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || audit_days || ' days') FROM organizations WHERE id = OLD.organization
)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
