/** One question in the address: `<run>/<path>`. A run's id holds no slash. */
export type Place = { runId: string; path: string }

export const keyOf = ({ runId, path }: Place): string => `${runId}/${path}`

export function readKey(key: string | null): Place | null {
  const slash = key?.indexOf('/') ?? -1
  return key === null || slash < 1 || slash === key.length - 1
    ? null
    : { runId: key.slice(0, slash), path: key.slice(slash + 1) }
}

export const approvalHref = (place: Place): string => `/approvals?at=${encodeURIComponent(keyOf(place))}`
