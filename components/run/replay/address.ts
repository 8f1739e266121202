type Address = { at: number | null; node: string | null; with: string | null }

/**
 * The moment, the node and the other run that the address names. Who reads it is drawn when the run has come over the
 * socket, so never by the server: that would not know what stands there, and draw something else than the browser.
 */
export function readAddress(): Address {
  const params = new URLSearchParams(window.location.search)
  const at = Number(params.get('at') ?? '')
  return { at: Number.isInteger(at) && at > 0 ? at : null, node: params.get('node'), with: params.get('with') }
}

let waiting: Partial<Address> = {}
let timer: ReturnType<typeof setTimeout> | null = null

/** Keeps the address true to what is shown, without a new entry in the history. Browsers limit how often it may change. */
export function writeAddress(change: Partial<Address>): void {
  waiting = { ...waiting, ...change }
  timer ??= setTimeout(() => {
    timer = null
    const url = new URL(window.location.href)
    for (const [name, value] of Object.entries(waiting)) {
      if (value === null) url.searchParams.delete(name)
      else url.searchParams.set(name, String(value))
    }
    waiting = {}
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, '', url)
  }, 150)
}

/** What was still to be written belongs to the page that is left. */
export function dropAddress(): void {
  if (timer !== null) clearTimeout(timer)
  timer = null
  waiting = {}
}
