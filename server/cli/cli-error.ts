/** Something the person at the terminal can mend: shown as it is, without a stack. */
export class CliError extends Error {
  readonly hints: readonly string[]
  constructor(message: string, hints: readonly string[] = []) {
    super(message)
    this.hints = hints
  }
}

export const notRunning = (): CliError =>
  new CliError('Baton is not running.', [
    'Start it with: npm start',
    'If it runs elsewhere, say where: BATON_URL=http://host:port',
  ])
