import { z } from 'zod'

/** Never the value. */
export const SecretView = z.object({ name: z.string(), createdAt: z.string(), updatedAt: z.string() })
export type SecretView = z.infer<typeof SecretView>

export const secretName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,99}$/, 'must start with a letter and hold only letters, digits, _ and -')

export const viewSecret = ({
  name,
  createdAt,
  updatedAt,
}: {
  name: string
  createdAt: Date
  updatedAt: Date
}): SecretView => ({
  name,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** What a value is bound to when it is sealed. */
export const aboutSecret = (workspaceId: string, name: string): string => `${workspaceId}/secret/${name}`
