import type { z } from 'zod'
import type { ShareOptions } from '@/engine/share/options'
import type { Projection } from '@/engine/share/projection'
import type { Actor } from '@/server/people/actor'
import { done, notFound, type Outcome } from '@/server/refusal'
import { openFeed } from '@/server/shares/feed'
import { makeProjection } from '@/server/shares/make-projection'
import { type NewSubject, subjectOf } from '@/server/shares/make-share'
import { findSharedRun, type ShareRun } from '@/server/shares/share-run'
import { findSharedWorkflow, type ShareWorkflow } from '@/server/shares/share-workflow'
import { refuseUnknownHidden } from '@/server/shares/unknown-hidden'
import { type Deps, forRole } from '@/server/use-case'

/** Exactly what a link with these options would give at this moment, by the same code, without a link. */
export const previewRun = forRole('editor', async (deps, actor, { id, ...options }: z.infer<typeof ShareRun>) =>
  preview(deps, actor, { subject: await findSharedRun(deps, actor, id), options, what: 'run' }),
)

export const previewWorkflow = forRole(
  'editor',
  async (deps, actor, { id, ...options }: z.infer<typeof ShareWorkflow>) =>
    preview(deps, actor, { subject: await findSharedWorkflow(deps, actor, id), options, what: 'workflow' }),
)

type Asked = { subject: NewSubject | null; options: ShareOptions; what: string }

async function preview(deps: Deps, actor: Actor, { subject, options, what }: Asked): Promise<Outcome<Projection>> {
  if (!subject) return notFound(what)
  const unknown = refuseUnknownHidden(subject, options.hide)
  if (unknown) return unknown
  const shared = subjectOf(actor, subject, options)
  const feed = await openFeed(deps, shared)
  return feed ? done(await makeProjection(shared, feed)) : notFound(what)
}
