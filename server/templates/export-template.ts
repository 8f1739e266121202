import { z } from 'zod'
import { printJson, printYaml } from '@/engine/graph/print'
import { specs } from '@/nodes/registry/specs'
import { done, notFound } from '@/server/refusal'
import { templateId } from '@/server/templates/get-template'
import { findTemplate } from '@/server/templates/own/find-template'
import { forRole } from '@/server/use-case'
import type { ExportedFile } from '@/server/workflows/export-workflow'
import { slugOf } from '@/server/workflows/slug'

export const ExportTemplate = z.strictObject({ id: templateId, format: z.enum(['yaml', 'json']).default('yaml') })

/** As a file that can be put into `templates/`, or imported into another workspace. */
export const exportTemplate = forRole('viewer', async (deps, actor, input: z.infer<typeof ExportTemplate>) => {
  const found = await findTemplate(deps, actor, input.id)
  if (found === null) return notFound('template')
  const text = input.format === 'json' ? printJson(found.graph, specs) : printYaml(found.graph, specs)
  return done<ExportedFile>({ name: `${slugOf(found.graph.name)}.${input.format}`, text })
})
