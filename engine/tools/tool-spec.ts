import { z } from 'zod'
import type { Json, JsonObject } from '@/engine/json'

/** read: changes nothing outside. write: may change something. danger: may destroy something or spend money. */
export type ToolRisk = 'read' | 'write' | 'danger'

export type Effect = {
  risk: ToolRisk
  /** Whether a call that was cut off may simply be made again. */
  repeatable: boolean
}

/** What a model, a person and the compiler need to know of a tool. The effect is the worst one a call can have. */
export type ToolSpec = Effect & {
  name: string
  title: string
  description: string
  /** JSON Schema 2020-12. */
  parameters: JsonObject
  effectOf: (args: Json) => Effect
}

/** A tool of our own: its arguments have a type. */
export type TypedToolSpec<A> = ToolSpec & { schema: z.ZodType<A> }

type Draft<A> = Effect & {
  name: string
  title: string
  description: string
  schema: z.ZodType<A>
  /** Set where the effect depends on the arguments. */
  effectOf?: (args: A) => Effect
}

export function defineToolSpec<A>({ effectOf, ...draft }: Draft<A>): TypedToolSpec<A> {
  const { $schema: _, ...parameters } = z.toJSONSchema(draft.schema, { io: 'input' })
  const worst: Effect = { risk: draft.risk, repeatable: draft.repeatable }
  return {
    ...draft,
    parameters: parameters as JsonObject,
    effectOf: (args) => {
      const parsed = draft.schema.safeParse(args)
      return parsed.success && effectOf ? effectOf(parsed.data) : worst
    },
  }
}
