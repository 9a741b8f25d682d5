-- Who owns a site ('' until the first owner is made), whether outsiders may read it, and what it wants to reach.
-- closed: its organization is being deleted, so its events count no more; see sites.ts.
ALTER TABLE sites ADD COLUMN organization TEXT NOT NULL DEFAULT '';
ALTER TABLE sites ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sites ADD COLUMN goals TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sites ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
