// When the accumulator commits on Node: events that come together become durable together, because syncing the disk
// costs as much for one as for a hundred. The entry makes one for its accumulator.

/** Runs `commit` soon. `queued` says how many events wait for it. */
export type Defer = (commit: () => void, queued: () => number) => void

/** Milliseconds for which a commit waits at most for events that keep coming. */
const LONGEST = 3
/** Fewer events than this wait for others, where the last commit is not APART milliseconds ago yet. */
const FEW = 16
const APART = 1

/** Waits for as long as each turn of the event loop brings events. `now` in milliseconds, of a clock that never goes back. */
export function createGroupCommit({ now }: { now: () => number }): Defer {
  let last = Number.NEGATIVE_INFINITY
  return (commit, queued) => {
    const begun = now()
    let known = queued()

    function look(): void {
      const grows = queued() > known
      known = queued()
      if (grows && now() - begun < LONGEST) setImmediate(look)
      else if (known < FEW && now() - last < APART) setTimeout(end, APART)
      else end()
    }

    function end(): void {
      commit()
      last = now()
    }

    setImmediate(look)
  }
}
