import { z } from 'zod'
import { aliasNames } from '@/server/models/connections'

/** Where a model name of the graph points: `connection/model`, a connection (its first model), or `simulated`. */
export const Aliases = z.partialRecord(z.enum(aliasNames), z.string().min(1).max(260))
export type Aliases = z.infer<typeof Aliases>

const settings = z.looseObject({ aliases: Aliases.default({}) })

/** What is in the workspace's settings column. What another version of Baton wrote there stays. */
export const readSettings = (stored: unknown) => settings.parse(stored)
