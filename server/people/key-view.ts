import { z } from 'zod'
import { type MemberRole, roles } from '@/server/people/actor'
import { readRole } from '@/server/people/role'

export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('The first characters, to recognise it by.'),
  role: z.enum(roles),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export type KeyView = z.infer<typeof KeyView>

type Row = { id: string; name: string; prefix: string; role: string; createdAt: Date; lastUsedAt: Date | null }

export const viewKey = ({ id, name, prefix, role, createdAt, lastUsedAt }: Row): KeyView => ({
  id,
  name,
  prefix,
  role: readRole(role) satisfies MemberRole,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})
