-- The language that somebody reads the dashboard in, two letters; NULL: whichever their browser asks for.
ALTER TABLE "user" ADD COLUMN "language" TEXT CHECK ("language" GLOB '[a-z][a-z]');
-- The one that a mail was chosen in, for who has set none.
ALTER TABLE subscriptions ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (language GLOB '[a-z][a-z]');
