export const unknown = '—'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** `820 ms`, `1.2 s`, `3m 20s`, `2h 05m`, `3d 4h` */
export function formatDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return unknown
  const whole = Math.max(0, ms)
  if (Math.round(whole) < 1_000) return `${Math.round(whole)} ms`
  if (whole < 59_950) return `${(whole / 1_000).toFixed(1)} s`
  const seconds = Math.round(whole / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`
  const hours = Math.floor(minutes / 60)
  return `${Math.floor(hours / 24)}d ${hours % 24}h`
}

/** Time that goes on while one looks at it: whole seconds, so that the text doesn't tremble. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000)
}

/** `840`, `12.4k`, `1.2M` */
export function formatCount(count: number): string {
  if (count < 1_000) return String(count)
  if (count < 999_950) return `${trimZero((count / 1_000).toFixed(1))}k`
  return `${trimZero((count / 1_000_000).toFixed(1))}M`
}

const trimZero = (text: string): string => text.replace(/\.0$/, '')

export const formatTokens = (count: number): string => `${formatCount(count)} ${count === 1 ? 'token' : 'tokens'}`

/** `$0.031`, `$1.25`; null is an unknown price, which is not free. */
export function formatCost(dollars: number | null): string {
  if (dollars === null) return unknown
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return '<$0.0001'
  if (dollars < 0.01) return `$${trimZeros(dollars.toFixed(4))}`
  return `$${dollars.toFixed(dollars < 1 ? 3 : 2)}`
}

const trimZeros = (text: string): string => text.replace(/0+$/, '')

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** Made when it is first needed: a page that opens without an age need not wait for it. */
let ages: Intl.RelativeTimeFormat | null = null

/** `just now`, `5 minutes ago`, `yesterday`; older than two weeks: the date. */
export function formatRelative(at: number, now: number): string {
  const distance = at - now
  const size = Math.abs(distance)
  if (size < 45_000) return distance > 25_000 ? 'in a moment' : 'just now'
  if (size > 14 * 86_400_000) return new Date(at).toLocaleDateString('en', { dateStyle: 'medium' })
  const [unit, length] = units.find(([, ms]) => size >= ms) ?? ['minute', 60_000]
  ages ??= new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  return ages.format(Math.round(distance / length), unit)
}

export const formatExact = (at: number): string =>
  new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })

/** `4.2 kB` of JSON text. */
export function formatSize(characters: number): string {
  if (characters < 1_000) return `${characters} B`
  if (characters < 1_000_000) return `${trimZero((characters / 1_000).toFixed(1))} kB`
  return `${trimZero((characters / 1_000_000).toFixed(1))} MB`
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
