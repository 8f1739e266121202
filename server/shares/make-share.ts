import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import { type ShareOptions, ShownOptions } from '@/engine/share/options'
import { asColumn } from '@/server/db/json'
import type { Actor } from '@/server/people/actor'
import { hashToken, newToken } from '@/server/people/token'
import { done, type Outcome, refuse } from '@/server/refusal'
import type { Subject } from '@/server/shares/find-share'
import { hashPassword } from '@/server/shares/password'
import type { NewShare } from '@/server/shares/share-view'
import { refuseUnknownHidden } from '@/server/shares/unknown-hidden'
import type { Deps } from '@/server/use-case'

export type NewSubject = Pick<Subject, 'kind' | 'runId' | 'graphHash'> & {
  workflowId: string | null
  name: string
  graph: Graph
}

/** What a projection of this would be made of, before there is a link. */
export const subjectOf = (actor: Actor, { kind, runId, graphHash }: NewSubject, options: ShareOptions): Subject => ({
  kind,
  runId,
  graphHash,
  workspaceId: actor.workspaceId,
  options: shownOf(options),
  sharedBy: actor.name,
})

const shownOf = ({ include, hide, mask, showAuthor }: ShareOptions): ShownOptions =>
  ShownOptions.parse({ include, hide, mask, showAuthor })

export async function makeShare(
  { db, shares }: Deps,
  actor: Actor,
  subject: NewSubject,
  options: ShareOptions,
): Promise<Outcome<z.infer<typeof NewShare>>> {
  const expiresAt = endOf(options)
  if (expiresAt !== null && expiresAt.getTime() <= Date.now())
    return refuse('invalid_input', 'The link would have ended already. Choose a later time.', {
      problems: [{ code: 'invalid_value', path: 'expiresAt', message: 'This time has passed.' }],
    })
  const unknown = refuseUnknownHidden(subject, options.hide)
  if (unknown) return unknown
  const { kind, runId, workflowId, graphHash, name } = subject
  const token = newToken(16)
  const id = randomUUID()
  await db.share.create({
    data: {
      id,
      tokenHash: hashToken(token),
      workspaceId: actor.workspaceId,
      kind,
      runId,
      workflowId,
      graphHash,
      name,
      options: asColumn(shownOf(options)),
      embedOrigins: [...options.embedOrigins],
      passwordHash: options.password === undefined ? null : await hashPassword(options.password),
      sharedBy: actor.name,
      createdBy: actor.userId,
      expiresAt,
    },
  })
  return done({ id, url: `${shares.origin()}/s/${token}` })
}

/** The earlier of the two ways to say it. */
function endOf({ expiresAt, expiresInHours }: ShareOptions): Date | null {
  const times = [
    ...(expiresAt === undefined ? [] : [Date.parse(expiresAt)]),
    ...(expiresInHours === undefined ? [] : [Date.now() + expiresInHours * 3_600_000]),
  ]
  return times.length === 0 ? null : new Date(Math.min(...times))
}
