import type { Method, Route } from '@/server/api/http/route'

export type Match =
  | { type: 'found'; route: Route; params: { readonly [name: string]: string } }
  | { type: 'wrong_method'; allowed: readonly Method[] }
  | { type: 'none' }

type Entry = { route: Route; parts: readonly { name: string | null; text: string }[] }

export type FindRoute = (method: string, path: string) => Match

/** Finds the route of a path (below the prefix). A fixed word goes before a parameter. */
export function createMatcher(routes: readonly Route[]): FindRoute {
  const byLength = new Map<number, Entry[]>()
  for (const route of routes) {
    const parts = route.path.split('/').map((text) => ({ text, name: /^\{(\w+)\}$/.exec(text)?.[1] ?? null }))
    const list = byLength.get(parts.length) ?? []
    list.push({ route, parts })
    byLength.set(parts.length, list)
  }
  for (const list of byLength.values()) list.sort((a, b) => names(a) - names(b))

  return (method, path) => {
    const parts = path.split('/')
    const allowed: Method[] = []
    for (const { route, parts: wanted } of byLength.get(parts.length) ?? []) {
      const params = paramsOf(wanted, parts)
      if (!params) continue
      if (route.method === method) return { type: 'found', route, params }
      allowed.push(route.method)
    }
    return allowed.length > 0 ? { type: 'wrong_method', allowed } : { type: 'none' }
  }
}

const names = ({ parts }: Entry): number => parts.filter(({ name }) => name !== null).length

function paramsOf(wanted: Entry['parts'], parts: readonly string[]): { [name: string]: string } | null {
  const params: { [name: string]: string } = {}
  for (const [index, { name, text }] of wanted.entries()) {
    const part = parts[index] ?? ''
    if (name === null) {
      if (part !== text) return null
      continue
    }
    const value = decode(part)
    if (value === null || value === '') return null
    params[name] = value
  }
  return params
}

function decode(part: string): string | null {
  if (!part.includes('%')) return part
  try {
    const text = decodeURIComponent(part)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}
