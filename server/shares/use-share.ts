import { z } from 'zod'
import { done, notFound, refuse } from '@/server/refusal'
import { findShare } from '@/server/shares/find-share'
import { isProof } from '@/server/shares/password'
import { forRole } from '@/server/use-case'
import { addWorkflow } from '@/server/workflows/create-workflow'
import { readDraft } from '@/server/workflows/read-draft'

export const UseShare = z.strictObject({
  token: z.string().min(1).max(100).describe('The last part of the address of the link.'),
  proof: z.string().max(100).optional().describe('Where the link has a password: what unlocking it gave.'),
})

export const UsedShare = z.object({ workflowId: z.string() })

/** Copies the graph as it is shown into one's own workspace. Without its prompts it is a beginning and does not run yet. */
export const useShare = forRole('editor', async (deps, actor, { token, proof }: z.infer<typeof UseShare>) => {
  const guess = await deps.limits.guess('share', actor.workspaceId, () => findShare(deps, token))
  if (!guess.ok)
    return refuse('rate_limited', 'Too many links were tried. Wait a minute, then try again.', {
      extra: { retryAfterSeconds: guess.retryAfterSeconds },
    })
  const share = guess.found
  if (!share) return notFound('share link')
  if (share.passwordHash !== null && !isProof(proof ?? null, token, share.passwordHash))
    return refuse('forbidden', 'This link has a password. Open it first.')
  const feed = await deps.shares.feedOf(deps, share)
  const draft = feed && readDraft(feed.graph)
  if (!draft?.ok) return notFound('share link')
  const { id } = await addWorkflow(deps, actor, draft.value)
  return done({ workflowId: id })
})
