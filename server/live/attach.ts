import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import { Server } from 'socket.io'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { LiveDeps, LiveServer, LiveSocket, Member } from './deps'
import { watchInboxes } from './inbox'
import { outletOf, pressureOf } from './outlet'
import { livePath } from './protocol'
import { keepHubs } from './run-hubs'
import { watchRunLists } from './run-list'
import { openShareDoor } from './share-door'
import { handleWatch } from './watch-request'

export type Live = {
  /** To be called when rights may have changed: sockets whose session is gone are closed, runs no longer seen are left. */
  recheck: () => Promise<void>
  close: () => void
}

export function attachLive(httpServer: HttpServer, deps: LiveDeps): Live {
  const io: LiveServer = new Server(httpServer, {
    path: livePath,
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    pingInterval: 20_000,
    allowRequest: (request, answer) => answer(null, deps.isAllowed(request.headers)),
  })
  const hubOf = keepHubs(deps.runtime)
  const lists = watchRunLists(deps.recentRuns, deps.runListEveryMs ?? 1_000)
  const inboxes = watchInboxes(deps.countInbox, deps.runListEveryMs ?? 1_000)
  const members = new Set<Member>()

  io.use((socket, next) => {
    const headers = credentialsOf(socket)
    deps.resolveActor(headers).then(
      (actor) => {
        if (!actor) return next(new Error('unauthorized'))
        socket.data = { actor, headers }
        next()
      },
      () => next(new Error('unavailable')),
    )
  })

  io.on('connection', (socket) => {
    const member: Member = { socket, visitor: socket.data, runs: new Map() }
    const pressure = pressureOf(socket)
    const outlet = (runId: string) => outletOf(socket, pressure, runId)
    let leaveList: (() => void) | null = null
    let leaveInbox: (() => void) | null = null
    members.add(member)

    socket.on('watch', (request, answer) => void handleWatch({ request, answer, member, hubOf, outlet, deps }))
    socket.on('unwatch', (request: unknown) => leaveRun(member, runIdIn(request)))
    socket.on('watchRuns', () => {
      leaveList ??= lists.join(member.visitor.actor.workspaceId, (change) => void socket.emit('run', change))
    })
    socket.on('unwatchRuns', () => {
      leaveList?.()
      leaveList = null
    })
    socket.on('watchInbox', () => {
      leaveInbox ??= inboxes.join(member.visitor.actor.workspaceId, (counts) => void socket.emit('inbox', counts))
    })
    socket.on('unwatchInbox', () => {
      leaveInbox?.()
      leaveInbox = null
    })
    socket.on('disconnect', () => {
      members.delete(member)
      leaveList?.()
      leaveInbox?.()
      for (const runId of [...member.runs.keys()]) leaveRun(member, runId)
    })
  })

  const recheck = async () => {
    await Promise.all([...members].map((member) => recheckMember(member, deps)))
  }
  const shares = deps.shares && openShareDoor(io, deps.shares)
  const timer = setInterval(() => void recheck(), deps.recheckEveryMs ?? 30_000)

  return {
    recheck,
    // Not `io.close()`, which would close the HTTP server as well: that one still has answers to give.
    close: () => {
      clearInterval(timer)
      shares?.close()
      lists.close()
      inboxes.close()
      io.disconnectSockets(true)
      io.engine.close()
    },
  }
}

/** A browser sends its cookie; a program may hand its key over in `auth`, because browsers can't set headers here. */
function credentialsOf(socket: LiveSocket): IncomingHttpHeaders {
  const { headers, auth } = socket.handshake
  const token: unknown = auth.token
  return typeof token === 'string' ? { ...headers, authorization: `Bearer ${token}` } : headers
}

/** Whatever was sent: a handler of sockets that throws takes the process with it. */
const runIdIn = (request: unknown): string => {
  const runId = isJsonObject(request as Json) ? (request as JsonObject).runId : null
  return typeof runId === 'string' ? runId : ''
}

function leaveRun(member: Member, runId: string): void {
  member.runs.get(runId)?.()
  member.runs.delete(runId)
}

async function recheckMember(member: Member, deps: LiveDeps): Promise<void> {
  const { visitor, socket, runs } = member
  try {
    const actor = await deps.resolveActor(visitor.headers)
    if (!actor || actor.workspaceId !== visitor.actor.workspaceId) return void socket.disconnect(true)
    visitor.actor = actor
    for (const runId of [...runs.keys()]) {
      if (await deps.canSee(actor, runId)) continue
      leaveRun(member, runId)
      socket.emit('left', { runId })
    }
  } catch {
    // The database can't be asked right now: nobody gains a right by that, and the next look comes soon.
  }
}
