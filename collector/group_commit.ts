// When the accumulator commits on Node: events that come together become durable together, because syncing the disk
// costs as much for one as for a hundred. The entry makes one for its accumulator.

/** Runs `commit` soon. `queued` says how many events wait for it. */
export type Defer = (commit: () => void, queued: () => number) => void

/** Milliseconds that an event waits at most for others that keep coming. */
const LONGEST = 3
/** Milliseconds from one commit to the next, where events come all the time. One that comes alone waits for none. */
const APART = 2

/** Waits for as long as each turn of the event loop brings events. `now` in milliseconds. */
export function createGroupCommit({ now }: { now: () => number }): Defer {
  let last = Number.NEGATIVE_INFINITY
  return (commit, queued) => {
    const begun = now()
    let known = queued()

    function look(): void {
      const grows = queued() > known
      known = queued()
      if (grows && now() - begun < LONGEST) setImmediate(look)
      else if (now() - last < APART) setTimeout(end, APART - 1)
      else end()
    }

    function end(): void {
      commit()
      last = now()
    }

    setImmediate(look)
  }
}
