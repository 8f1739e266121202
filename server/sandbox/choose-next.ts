export type Waiting = { workspaceId: string; since: number }
/** A process belongs to one workspace from its first step to its end. */
export type Seat = { workspaceId: string; state: 'busy' | 'idle' }
export type Choice<W, S> = { waiting: W } & ({ seat: S } | { replaces: S | undefined })

/** How long a workspace without any process waits while others are kept busy by those who already have one. */
export const patienceMs = 500

/** Which step starts next and where: in an idle process of its workspace, in a new one, or in the place of somebody's idle one. */
export function chooseNext<W extends Waiting, S extends Seat>(
  queue: readonly W[],
  seats: readonly S[],
  { maxSeats, now }: { maxSeats: number; now: number },
): Choice<W, S> | undefined {
  const head = queue[0]
  if (!head) return undefined
  const idle = seats.filter((seat) => seat.state === 'idle')
  const hasSeat = new Set(seats.map(({ workspaceId }) => workspaceId))
  const starving = queue.find((waiting) => now - waiting.since >= patienceMs && !hasSeat.has(waiting.workspaceId))
  for (const waiting of starving ? [] : queue) {
    const seat = idle.find(({ workspaceId }) => workspaceId === waiting.workspaceId)
    if (seat) return { waiting, seat }
  }
  const waiting = starving ?? head
  if (seats.length < maxSeats) return { waiting, replaces: undefined }
  return idle[0] && { waiting, replaces: idle[0] }
}
