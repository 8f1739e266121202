import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { parsePath } from '@/engine/path'
import type { RunEvent } from '@/engine/run/events'
import type { ShownOptions } from '@/engine/share/options'
import type { ProjectedEvent } from '@/engine/share/projection'
import { openProjector } from '@/engine/share/projector'
import { done, notFound } from '@/server/refusal'
import { GetTemplate } from '@/server/templates/get-template'
import { readRecorded } from '@/server/templates/read-recorded'
import { readTemplates } from '@/server/templates/read-templates'
import { forRole } from '@/server/use-case'

export const GetSample = GetTemplate

export const SampleRun = z.object({
  graph: Graph,
  events: z.array(z.looseObject({ seq: z.int(), type: z.string() })).describe('The log of the recorded run.'),
  values: z.record(z.string(), z.unknown()).describe('Whole values by the `hash` in events.'),
})
export type SampleRun = { graph: Graph; events: readonly ProjectedEvent[]; values: { [key: string]: Json } }

/** It is made up and holds nobody's data, so all of it is shown. */
const everything: ShownOptions = {
  include: { input: true, prompts: true, outputs: true, costs: true, toolArguments: true, timeline: true },
  hide: [],
  mask: false,
  showAuthor: false,
}

/** A run of the template that was recorded before, to be watched before anything is run or paid. */
export const getSample = forRole('viewer', async (_deps, _actor, { id }: z.infer<typeof GetSample>) => {
  const { templates } = await readTemplates()
  const template = templates.find((one) => one.id === id)
  const recorded = template && (await readRecorded(id))
  if (!template || !recorded || !isOf(template.graph, recorded.events)) return notFound('sample run')
  const projector = openProjector({ graph: template.graph, options: everything, secrets: [] })
  const events = projector.push(recorded.events, () => null)
  return done<SampleRun>({ graph: projector.graph, events, values: Object.fromEntries(projector.values) })
})

/** Somebody may have changed the template since, and then the run would be one of another graph. */
function isOf(graph: Graph, events: readonly RunEvent[]): boolean {
  const ids = new Set(graph.nodes.map(({ id }) => id))
  return events.every((event) => {
    const path = 'path' in event && event.path !== undefined ? parsePath(event.path) : []
    return path?.every(({ node }) => ids.has(node)) === true
  })
}
