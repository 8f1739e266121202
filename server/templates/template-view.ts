import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'
import type { Found } from '@/server/templates/own/find-template'
import type { Template } from '@/server/templates/read-templates'
import { graphOut } from '@/server/workflows/workflow-view'

export const TemplateView = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  difficulty: z.enum(['easy', 'medium', 'advanced']),
  estimatedCost: z.number().nullable().describe('Of one run on a mid-priced model, in US dollars; null when unknown.'),
  sampleInput: z.record(z.string(), z.unknown()).describe('What a first run can be started with.'),
  source: z.enum(['gallery', 'workspace']).describe('`workspace`: made here; only these can be changed.'),
})
export type TemplateView = Omit<z.infer<typeof TemplateView>, 'sampleInput'> & { sampleInput: JsonObject }

export const TemplateDetail = TemplateView.extend({
  summary: z.string(),
  graph: Graph,
  copies: z.array(z.object({ id: z.string(), name: z.string() })).describe('Templates that are copied along with it.'),
  hasSample: z.boolean().describe('Whether a recorded run ships with it.'),
})
export type TemplateDetail = TemplateView & {
  summary: string
  graph: Graph
  copies: readonly { id: string; name: string }[]
  hasSample: boolean
}

export function viewTemplate({ id, source, graph: { name, description, template } }: Found): TemplateView {
  return {
    id,
    name,
    description: description ?? '',
    category: template?.category ?? 'other',
    tags: template?.tags ?? [],
    difficulty: template?.difficulty ?? 'medium',
    estimatedCost: template?.estimatedCost ?? null,
    sampleInput: template?.sampleInput ?? {},
    source,
  }
}

type Beside = { copies: readonly Template[]; hasSample: boolean }

export const detailOf = (template: Found, { copies, hasSample }: Beside): TemplateDetail => ({
  ...viewTemplate(template),
  summary: template.graph.template?.summary ?? '',
  graph: graphOut(template.graph),
  copies: copies.map(({ id, graph }) => ({ id, name: graph.name })),
  hasSample,
})
