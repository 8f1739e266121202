import { aboutConnection, type ConnectionRow, Models, Prices } from '@/server/connections/connection-view'
import { readSettings } from '@/server/connections/workspace-settings'
import {
  type AliasTarget,
  aliasNames,
  bookFromSettings,
  type ConnectionBook,
  simulatedName,
} from '@/server/models/connections'
import type { Connection } from '@/server/models/types'
import type { Deps } from '@/server/use-case'

type Tools = Pick<Deps, 'db' | 'sealer' | 'openai'>

export const environmentBook = ({ apiKey, baseUrl, model }: Deps['openai']): ConnectionBook =>
  bookFromSettings({ ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }), ...(model && { model }) })

/** Everything that a workspace's runs may call, keys opened: for the model layer, never for an answer. */
export async function connectionBook({ db, sealer, openai }: Tools, workspaceId: string): Promise<ConnectionBook> {
  const base = environmentBook(openai)
  const [workspace, rows] = await Promise.all([
    db.workspace.findUnique({ where: { id: workspaceId }, select: { settings: true } }),
    db.connection.findMany({ where: { workspaceId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 500 }),
  ])
  const own = rows.map((row) => openConnection(row, (key) => sealer.open(key, aboutConnection(workspaceId, row.id))))
  // A connection of the workspace hides one of the same name from the environment.
  const names = new Set(own.map(({ name }) => name))
  const connections = [...own, ...base.connections.filter(({ name }) => !names.has(name))]
  const chosen = Object.entries(readSettings(workspace?.settings ?? {}).aliases).flatMap(([alias, text]) =>
    text === undefined ? [] : [[alias, targetOf(text)] as const],
  )
  return { connections, aliases: { ...defaultAliases(base, own), ...Object.fromEntries(chosen) } }
}

/** Somebody who set up a connection wants it used: the simulated model answers only where nothing is configured. */
function defaultAliases(base: ConnectionBook, own: readonly Connection[]): Record<string, AliasTarget> {
  const first = own[0]
  if (base.connections.length > 0 || !first) return { ...base.aliases }
  return Object.fromEntries(
    aliasNames.map((alias) => [alias, { kind: 'endpoint', connection: first.name, model: null }]),
  )
}

export function targetOf(text: string): AliasTarget {
  if (text === simulatedName) return { kind: 'simulated' }
  const slash = text.indexOf('/')
  if (slash < 0) return { kind: 'endpoint', connection: text, model: null }
  return { kind: 'endpoint', connection: text.slice(0, slash), model: text.slice(slash + 1) || null }
}

const openConnection = (row: ConnectionRow, open: (key: string) => string): Connection => ({
  name: row.name,
  baseUrl: row.baseUrl,
  apiKey: row.key === null ? null : open(row.key),
  models: Models.parse(row.models),
  prices: pricesOf(row.prices),
  ...(row.fallback === null ? {} : { fallback: row.fallback }),
})

function pricesOf(stored: unknown): NonNullable<Connection['prices']> {
  return Object.fromEntries(
    Object.entries(Prices.parse(stored)).map(([model, { input, output, cachedInput, maxInputTokens }]) => [
      model,
      {
        input,
        output,
        ...(cachedInput === undefined ? {} : { cachedInput }),
        ...(maxInputTokens === undefined ? {} : { maxInputTokens }),
      },
    ]),
  )
}
