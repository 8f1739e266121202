import { z } from 'zod'
import type { JsonObject } from '@/engine/json'
import { workflowName } from '@/server/workflows/create-workflow'

const word = z.string().trim().min(1).max(60)

/** What people say about a template of theirs. It is kept in the `template` part of its graph, as in a file. */
export const templateFields = {
  name: workflowName,
  description: z.string().trim().max(2_000).describe('One sentence below the name.'),
  category: word.describe('The shelf: content, research, engineering, operations, support, decisions or another.'),
  tags: z.array(word).max(20),
  difficulty: z.enum(['easy', 'medium', 'advanced']),
  summary: z.string().trim().max(2_000).describe('What it does, what it needs, what to change.'),
  estimatedCost: z.number().nonnegative().describe('Of one run, in US dollars.'),
  sampleInput: z
    .record(z.string(), z.unknown())
    .describe('What a first run can be started with.') as unknown as z.ZodType<JsonObject>,
}

/** All of them may be left out: a graph from a file says most of it itself. */
export const optionalFields = {
  name: templateFields.name.optional(),
  description: templateFields.description.optional(),
  category: templateFields.category.optional(),
  tags: templateFields.tags.optional(),
  difficulty: templateFields.difficulty.optional(),
  summary: templateFields.summary.optional(),
  estimatedCost: templateFields.estimatedCost.optional(),
  sampleInput: templateFields.sampleInput.optional(),
}
const Fields = z.object(optionalFields)
export type TemplateFields = z.infer<typeof Fields>
