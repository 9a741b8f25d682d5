-- The time step of the last code of the app that was taken: none of it, or of one before, is taken again.
ALTER TABLE "twoFactor" ADD COLUMN "lastStep" INTEGER;
