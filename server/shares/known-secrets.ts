import type { Known } from '@/engine/share/mask/exact'
import { connectionBook } from '@/server/connections/connection-book'
import { aboutSecret } from '@/server/secrets/secret-view'
import type { Deps } from '@/server/use-case'

type Tools = Pick<Deps, 'db' | 'sealer' | 'openai' | 'report'>

/** Every secret and key of a workspace, to be looked for in what leaves. Held for the projection only. */
export async function knownSecrets(deps: Tools, workspaceId: string): Promise<readonly Known[]> {
  const [rows, book] = await Promise.all([
    deps.db.secret.findMany({ where: { workspaceId }, select: { name: true, value: true } }),
    connectionBook(deps, workspaceId),
  ])
  const texts = rows.flatMap(({ name, value }) => {
    try {
      return [deps.sealer.open(value, aboutSecret(workspaceId, name))]
    } catch (error) {
      // What can't be opened was never sent anywhere by this server either.
      deps.report(error, { doing: 'shares', secret: name })
      return []
    }
  })
  const keys = book.connections.flatMap(({ apiKey }) => (apiKey ? [apiKey] : []))
  // In logs a secret stands as its name in brackets (mask-secrets.ts); the name stays here as well.
  const names = rows.map(({ name }) => `[secret ${name}]`)
  return [...texts, ...keys, ...names].map((text) => ({ text, label: 'secret' }))
}
