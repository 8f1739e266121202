import { z } from 'zod'
import { Aliases, readSettings } from '@/server/connections/workspace-settings'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const AliasesView = z.object({ aliases: Aliases })

export const getAliases = forRole('viewer', async ({ db }, { workspaceId }, _: object) => {
  const { settings } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { settings: true } })
  return done({ aliases: readSettings(settings).aliases })
})
