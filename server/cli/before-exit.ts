const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[]

/** Does `finish` once, however the work ends: also when the command is told to stop meanwhile. */
export async function finishing<T>(work: () => Promise<T>, finish: () => Promise<void>): Promise<T> {
  let finished: Promise<void> | null = null
  const end = () => (finished ??= finish())
  const stop = (signal: keyof typeof exitCodes) => {
    const leave = () => process.exit(exitCodes[signal])
    end().then(leave, leave)
  }
  for (const signal of signals) process.on(signal, stop)
  try {
    return await work()
  } finally {
    await end()
    for (const signal of signals) process.off(signal, stop)
  }
}
