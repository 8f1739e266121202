const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type Level = (typeof levels)[number]

export type Log = { [L in Exclude<Level, 'silent'>]: (text: string) => void } & {
  /** An error that nobody expected. */
  report: (error: unknown, about: { [key: string]: string }) => void
}

/** One line an entry, time first, on standard error: standard output belongs to what a person is to read. */
export function createLog(level: Level): Log {
  const write = (at: Exclude<Level, 'silent'>) => (text: string) => {
    if (levels.indexOf(at) < levels.indexOf(level)) return
    process.stderr.write(`${new Date().toISOString()} ${at} ${text.replaceAll('\n', '\n  ')}\n`)
  }
  const error = write('error')
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error,
    report: (cause, about) => {
      const where = Object.entries(about)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ')
      error(`${where} ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
    },
  }
}
