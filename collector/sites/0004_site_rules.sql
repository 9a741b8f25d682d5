-- A site's own rules for its paths, and what its transparency page says of who is responsible and who processes.
ALTER TABLE sites ADD COLUMN path_patterns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sites ADD COLUMN path_exceptions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sites ADD COLUMN controller TEXT NOT NULL DEFAULT '';
ALTER TABLE sites ADD COLUMN processors TEXT NOT NULL DEFAULT '[]';
