import type { IncomingHttpHeaders } from 'node:http'
import type { Server, Socket } from 'socket.io'
import type { RunEvent } from '@/engine/run/events'
import type { Actor } from '@/server/people/actor'
import type { Runtime } from '@/server/runtime/types'
import type { ClientMessages, InboxCounts, RunChange, ServerMessages } from './protocol'
import type { ShareDoorDeps } from './share-door'

export type LiveDeps = {
  runtime: Pick<Runtime, 'watch'>
  readEvents: (runId: string, after: number, limit: number) => Promise<readonly RunEvent[]>
  /** The newest runs of a workspace, newest first. */
  recentRuns: (workspaceId: string) => Promise<readonly RunChange[]>
  countInbox: (workspaceId: string) => Promise<InboxCounts>
  /** Session cookie or bearer key, as in any other request. */
  resolveActor: (headers: IncomingHttpHeaders) => Promise<Actor | null>
  canSee: (actor: Actor, runId: string) => Promise<boolean>
  /** Links that are watched by people nobody knows. */
  shares?: ShareDoorDeps
  /** Host and Origin are ours. */
  isAllowed: (headers: IncomingHttpHeaders) => boolean
  recheckEveryMs?: number
  runListEveryMs?: number
}

type NoMessages = Record<string, never>
export type Visitor = { actor: Actor; headers: IncomingHttpHeaders }
export type LiveServer = Server<ClientMessages, ServerMessages, NoMessages, Visitor>
export type LiveSocket = Socket<ClientMessages, ServerMessages, NoMessages, Visitor>

/** One socket, who is behind it, and how to leave each run that it watches. */
export type Member = { socket: LiveSocket; visitor: Visitor; runs: Map<string, () => void> }
