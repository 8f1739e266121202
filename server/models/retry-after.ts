/** How long an endpoint asked to wait. Vendors send milliseconds, seconds or a date; anything else is ignored. */
export function retryAfterMs(headers: Pick<Headers, 'get'> | null, now: number = Date.now()): number | null {
  const precise = Number(headers?.get('retry-after-ms') || Number.NaN)
  if (Number.isFinite(precise) && precise >= 0) return precise
  const text = headers?.get('retry-after')?.trim()
  if (!text) return null
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds * 1000) : null
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
