/** What the code threw, as text: nothing of the guest leaves the sandbox but strings. */
export class GuestError extends Error {
  readonly doing: 'running' | 'returning'
  constructor(doing: 'running' | 'returning', text: string) {
    super(text.slice(0, 1_000))
    this.doing = doing
  }
  sentence(): string {
    return this.doing === 'running' ? `The code failed: ${this.message}` : `The result is not JSON: ${this.message}`
  }
}

/** Takes what `describe` of the prelude made of it. */
export function describeGuestError(described: string): string {
  const parts = partsOf(described)
  if (!parts) return described
  const line = /code\.js:(\d+)/.exec(parts.stack)?.[1]
  // The bare message would send people looking for a function that is there.
  const hint = parts.message === 'not a function' ? ' (async functions and promises are not available)' : ''
  return `${parts.name}: ${parts.message}${hint}${line === undefined ? '' : ` (line ${line})`}`
}

type Parts = { name: string; message: string; stack: string }

function partsOf(described: string): Parts | undefined {
  try {
    const parts = JSON.parse(described) as Partial<Record<keyof Parts, unknown>>
    const { name, message, stack } = parts
    if (typeof name !== 'string' || typeof message !== 'string' || typeof stack !== 'string') return undefined
    return { name, message, stack }
  } catch {
    return undefined
  }
}
