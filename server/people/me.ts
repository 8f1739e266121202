import { z } from 'zod'
import { roles } from '@/server/people/actor'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const Me = z.object({
  name: z.string(),
  role: z.enum(roles),
  workspace: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
})
export type Me = z.infer<typeof Me>

export const getMe = forRole('viewer', async ({ db }, { workspaceId, name, role }, _: object) => {
  const { id, name: title, slug } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  return done<Me>({ name, role, workspace: { id, name: title, slug } })
})
