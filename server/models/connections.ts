import { NodeError } from '@/engine/failure'
import { own } from '@/engine/json'
import type { Connection, Resolve, Target } from '@/server/models/types'

export const aliasNames = ['default', 'fast', 'smart'] as const

/** The name under which the built-in model can be asked for on purpose. */
export const simulatedName = 'simulated'

/**
 * Where an alias points. Model null means the first that the endpoint lists. `simulated` is a choice like any other, made
 * by whoever wrote the book; it never stands in for an endpoint that failed.
 */
export type AliasTarget =
  | { kind: 'endpoint'; connection: string; model: string | null; fallback?: string }
  | { kind: 'simulated' }

export type ConnectionBook = {
  connections: readonly Connection[]
  aliases: Readonly<Record<string, AliasTarget>>
}

/** The book of a fresh workspace: everything at one endpoint when the environment names one, else simulated. */
export function bookFromSettings(settings: { apiKey?: string; baseUrl?: string; model?: string }): ConnectionBook {
  const { apiKey, baseUrl, model } = settings
  const all = (target: AliasTarget) => Object.fromEntries(aliasNames.map((alias) => [alias, target]))
  if (!apiKey && !baseUrl) return { connections: [], aliases: all({ kind: 'simulated' }) }
  const connection: Connection = {
    name: 'openai',
    baseUrl: baseUrl || 'https://api.openai.com/v1',
    apiKey: apiKey || null,
    models: model ? [model] : [],
  }
  return { connections: [connection], aliases: all({ kind: 'endpoint', connection: 'openai', model: model || null }) }
}

type Asked = { connection: string; model: string | null; fallback?: string }

function unavailable(message: string): NodeError {
  return new NodeError({ code: 'model_unavailable', message })
}

function knownNames(book: ConnectionBook): string {
  const models = book.connections.flatMap((each) => each.models.map((model) => `${each.name}/${model}`))
  const all = [...Object.keys(book.aliases), ...models, simulatedName]
  const shown = all.slice(0, 12).join(', ')
  return all.length > 12 ? `${shown}, … (${all.length} in all)` : shown
}

function unknownModel(book: ConnectionBook, name: string): NodeError {
  const host = book.connections.find((each) => each.models.includes(name))
  const hint = host ? ` Write ${host.name}/${name} to use it from that connection.` : ''
  return unavailable(`There is no model called ${name}.${hint} Known: ${knownNames(book)}.`)
}

function ask(book: ConnectionBook, name: string): Asked | 'simulated' {
  const alias = own(book.aliases, name)
  if (alias) return alias.kind === 'simulated' ? 'simulated' : alias
  if (name === simulatedName) return 'simulated'
  const slash = name.indexOf('/')
  if (slash < 1 || slash === name.length - 1) throw unknownModel(book, name)
  return { connection: name.slice(0, slash), model: name.slice(slash + 1) }
}

/** Finds the endpoint behind a name. `firstModel` asks an endpoint for its list, once for each connection. */
export function makeResolve(book: ConnectionBook, firstModel: (connection: Connection) => Promise<string>): Resolve {
  const first = new Map<string, Promise<string>>()
  const firstOf = (connection: Connection): Promise<string> => {
    const known = first.get(connection.name)
    if (known) return known
    const asked = firstModel(connection)
    first.set(connection.name, asked)
    asked.catch(() => first.delete(connection.name))
    return asked
  }
  return async (name): Promise<Target> => {
    const asked = ask(book, name)
    if (asked === 'simulated') return { kind: 'simulated' }
    const connection = book.connections.find((each) => each.name === asked.connection)
    if (!connection) throw unknownModel(book, name)
    const fallback = asked.fallback ?? connection.fallback
    const model = asked.model ?? connection.models[0] ?? (await firstOf(connection))
    return { kind: 'endpoint', connection, model, ...(fallback === undefined ? {} : { fallback }) }
  }
}
