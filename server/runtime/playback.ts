import type { Json } from '@/engine/json'
import { type Cassette, type CassetteEntry, openCassette } from '@/server/models/cassette'
import { cassetteEntries } from '@/server/runs/cassette-entries'
import type { RuntimeDeps } from './deps'
import { isInWorkspace, loadPayload, readEvents } from './read-run'
import type { CassetteSetting } from './types'

/** What a replayed run answers its calls from: the log of another run, or a file that one was exported to. */
export async function openPlayback(
  deps: RuntimeDeps,
  workspaceId: string,
  setting: CassetteSetting,
): Promise<Cassette | null> {
  if (setting.mode !== 'replay') return null
  if (setting.runId === undefined) return openCassette(entriesOfFile(setting.file))
  if (!(await isInWorkspace(deps.pool, workspaceId, setting.runId))) return openCassette([])
  const events = await readEvents(deps.pool, setting.runId)
  return openCassette(await cassetteEntries(events, (hash) => loadPayload(deps.pool, workspaceId, hash)))
}

const entriesOfFile = (file: Json | undefined): CassetteEntry[] => {
  const entries = typeof file === 'object' && file !== null && 'entries' in file ? file.entries : file
  return Array.isArray(entries) ? (entries as CassetteEntry[]) : []
}
