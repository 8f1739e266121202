import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { done } from '@/server/refusal'
import { aboutSecret, secretName, viewSecret } from '@/server/secrets/secret-view'
import { forRole } from '@/server/use-case'

export const SetSecret = z.strictObject({ name: secretName, value: z.string().min(1).max(65_536) })

export const setSecret = forRole(
  'admin',
  async ({ db, sealer }, { workspaceId }, { name, value }: z.infer<typeof SetSecret>) => {
    const sealed = sealer.seal(value, aboutSecret(workspaceId, name))
    const row = await db.secret.upsert({
      where: { workspaceId_name: { workspaceId, name } },
      create: { id: randomUUID(), workspaceId, name, value: sealed },
      update: { value: sealed },
    })
    return done(viewSecret(row))
  },
)
