import { z } from 'zod'
import { ShownOptions } from '@/engine/share/options'

/** A link in the list of its workspace. The address itself is known only to those who have it. */
export const ShareView = z.object({
  id: z.string(),
  kind: z.enum(['run', 'workflow']),
  runId: z.string().nullable(),
  workflowId: z.string().nullable(),
  name: z.string().describe('Of what is shared.'),
  options: ShownOptions,
  hasPassword: z.boolean(),
  embedOrigins: z.array(z.string()),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  state: z.enum(['open', 'expired', 'revoked']),
  views: z.int(),
  lastViewedAt: z.string().nullable(),
})
export type ShareView = z.infer<typeof ShareView>

export const ShareList = z.object({ items: z.array(ShareView), nextCursor: z.string().nullable() })

/** What was made. The address is told this once; only a hash of it is kept. */
export const NewShare = z.object({ id: z.string(), url: z.string() })
