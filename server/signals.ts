const ENOUGH_TO_BE_MEANT = 1_000

/**
 * Calls `shutDown` once, on the first SIGINT or SIGTERM. The same Ctrl-C arrives several times (from the terminal and
 * from npm, which passes it on), so repetitions within a second mean nothing; a later one is impatience: the process
 * ends at once.
 */
export function onStopSignal(shutDown: (signal: NodeJS.Signals) => void, giveUp: () => void = () => process.exit(130)) {
  let first: number | null = null
  const receive = (signal: NodeJS.Signals) => {
    if (first === null) {
      first = performance.now()
      shutDown(signal)
    } else if (performance.now() - first > ENOUGH_TO_BE_MEANT) giveUp()
  }
  process.on('SIGINT', receive)
  process.on('SIGTERM', receive)
}

/**
 * The terminal or pipe that a process was started from may go away before it does. That is no reason to end, and the
 * error of writing there must not be written there again.
 */
export function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
