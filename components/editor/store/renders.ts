declare global {
  var batonRenders: Record<string, number> | undefined
}

/** Counts how often something is drawn, for the browser tests that say how often it may be. */
export function countRender(what: string): void {
  const counts = globalThis.batonRenders
  if (counts !== undefined) counts[what] = (counts[what] ?? 0) + 1
}
