-- How many accumulators (Durable Objects) share the sites; at most one row. Empty on one machine, which has one
-- accumulator, and until the first collector Worker starts: it writes its SHARDS here. See shards.ts.
CREATE TABLE shards (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 256),
  -- Goes up with every change, and with it the accumulators' names: those that were drained are never used again.
  generation INTEGER NOT NULL,
  -- Ordered by `sundial reshard`: takes force when the present accumulators are drained.
  next_number INTEGER CHECK (next_number BETWEEN 1 AND 256)
);
