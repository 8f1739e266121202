import { isAway } from '@/server/db/is-away'

/** Longer than a hand-over takes, shorter than a service manager waits. */
const handOverMs = 10_000

/** A connection that broke, or work that was called off: it is over for whoever waited, and nothing else is harmed. */
const isPassing = (error: unknown): boolean =>
  isAway(error) ||
  (error instanceof Error &&
    (error.name === 'AbortError' || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')))

/**
 * An error that no code waited for leaves the process in a state that nobody knows. What it drives is on disk, so it
 * says what happened, hands its runs over and ends with code 1: whoever supervises it starts it again, and other
 * processes go on at once.
 */
export function endOnUnexpected(
  report: (error: unknown, about: { doing: string }) => void,
  handOver: () => Promise<unknown>,
  limitMs = handOverMs,
): void {
  let ending = false
  const end = (error: unknown, doing: string) => {
    report(error, { doing })
    if (ending) return
    ending = true
    const leave = () => process.exit(1)
    setTimeout(leave, limitMs)
    handOver().then(leave, (failure: unknown) => {
      report(failure, { doing: 'hand-over' })
      leave()
    })
  }
  process.on('uncaughtException', (error) => end(error, 'uncaught exception'))
  process.on('unhandledRejection', (error) => {
    if (isPassing(error)) report(error, { doing: 'unhandled rejection' })
    else end(error, 'unhandled rejection')
  })
}
