import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { JsonObject } from '@/engine/json'
import { templateFolder } from '@/server/templates/read-templates'

const value = z.record(z.string(), z.unknown())
const ToolCalls = z.strictObject({ tools: z.array(z.strictObject({ name: z.string(), arguments: value })).min(1) })
const Said = z.union([z.string(), ToolCalls, value])
const Answer = z.union([Said, z.array(Said).min(1)])

/** What the models and the people of a sample run say, by the path at which they are asked; in steps where it is a list. */
const Answers = z.strictObject({
  answers: z.record(z.string(), Answer),
  child: z.record(z.string(), Answer).default({}).describe('The same for the run of another workflow.'),
  decisions: z
    .record(
      z.string(),
      z.strictObject({
        decision: z.enum(['approved', 'rejected']),
        comment: z.string().optional(),
        fields: value.optional(),
      }),
    )
    .default({}),
})
export type Answers = z.infer<typeof Answers>
export type Said = z.infer<typeof Said>

export const answersFile = (id: string): string => path.join(templateFolder, 'answers', `${id}.yaml`)

export const readAnswers = async (id: string): Promise<Answers> =>
  Answers.parse(parse(await readFile(answersFile(id), 'utf8')))

export const isToolCalls = (said: Said): said is z.infer<typeof ToolCalls> =>
  typeof said === 'object' && ToolCalls.safeParse(said).success

export const textOfSaid = (said: string | JsonObject): string =>
  typeof said === 'string' ? said : JSON.stringify(said)
