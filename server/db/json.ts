import type { Prisma } from '@/generated/prisma/client'

/** A value for a jsonb column. That it is JSON was checked where it came in. */
export const asColumn = (value: object): Prisma.InputJsonObject => value as Prisma.InputJsonObject
