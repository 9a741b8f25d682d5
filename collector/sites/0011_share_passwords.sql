-- The hash of what is typed before a share link opens; NULL: nothing. Never of a link that is shown in frames, where
-- browsers leave out the cookie that says it was typed.
ALTER TABLE share_links ADD COLUMN password TEXT CHECK (password IS NULL OR framed = 0);
