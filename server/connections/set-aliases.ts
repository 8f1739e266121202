import { z } from 'zod'
import { environmentBook, targetOf } from '@/server/connections/connection-book'
import { Aliases, readSettings } from '@/server/connections/workspace-settings'
import { done, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const SetAliases = z.strictObject({
  aliases: Aliases.describe('Replaces all: what is left out points to the default again.'),
})

export const setAliases = forRole(
  'admin',
  async ({ db, openai, forgetModels }, { workspaceId }, { aliases }: z.infer<typeof SetAliases>) => {
    const rows = await db.connection.findMany({ where: { workspaceId }, select: { name: true } })
    const known = new Set([...rows, ...environmentBook(openai).connections].map(({ name }) => name))
    const problems = Object.entries(aliases).flatMap(([alias, text]) => {
      const target = targetOf(text ?? '')
      if (target.kind === 'simulated' || known.has(target.connection)) return []
      return [
        {
          code: 'unknown_connection',
          path: `aliases.${alias}`,
          message: `There is no connection named ${target.connection}.`,
        },
      ]
    })
    if (problems.length > 0)
      return refuse('invalid_input', 'An alias points to a connection that does not exist.', { problems })
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from workspace where id = ${workspaceId}::uuid for update`
      const { settings } = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
      await tx.workspace.update({
        where: { id: workspaceId },
        data: { settings: { ...readSettings(settings), aliases } },
      })
    })
    forgetModels(workspaceId)
    return done({ aliases })
  },
)
