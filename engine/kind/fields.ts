import { z } from 'zod'
import { idPattern } from '../graph/schema'
import type { Json, JsonObject } from '../json'

type Words = { title: string; description: string }

/** Text that may hold `{{ references }}`. */
export const template = (words: Words) => z.string().max(200_000).meta(words)

/** A CEL expression. */
export const expression = (words: Words) => z.string().trim().min(1).max(10_000).meta(words)

/** Words that are taken as they are. */
export const plainText = (words: Words, max = 2_000) => z.string().min(1).max(max).meta(words)

export const name = (words: Words) =>
  z
    .string()
    .regex(idPattern, 'must start with a small letter and hold only small letters, digits and _, at most 40')
    .meta(words)

/** Shape only: `{ secret: name }` stands where a header, an argument or a credential is expected. */
export const secret = z.strictObject({ secret: z.string().min(1).max(200) }).meta({ title: 'Secret' })

/** That it is JSON is checked where a graph comes in, once for the whole of it; a recursive schema would check it again, slowly. */
export const json = z.unknown() as unknown as z.ZodType<Json>
export const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>
