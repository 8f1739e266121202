/** Keys `host:port`, the host spelled as a URL spells it. */
export type AllowList = ReadonlySet<string>

export const allowKey = (host: string, port: number): string => `${host.toLowerCase()}:${port}`

export function allowedOriginOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return allowKey(bareHost(url.hostname), portOf(url))
}

/** `host:port`, as in `127.0.0.1:8080`, `[::1]:8080`, `ollama.lan:11434`. */
export function allowedEntry(entry: string): string {
  const text = entry.trim()
  const url = /^[^/@?#\s]+:\d{1,5}$/.test(text) ? URL.parse(`http://${text}`) : null
  if (!url) throw new Error(`"${entry}" is not of the form host:port.`)
  return allowKey(bareHost(url.hostname), portOf(url))
}

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)

export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')
