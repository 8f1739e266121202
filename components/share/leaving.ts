import { isNote, nameOf } from '@/components/editor/graph/kinds'
import { placesOn } from '@/components/run/canvas/instance-of'
import { wholeValue } from '@/components/run/values/wire-value'
import { plural } from '@/components/ui/format'
import type { Json } from '@/engine/json'
import type { WireRef } from '@/engine/run/wire'
import { isWithheld, type Projection, type RunProjection } from '@/engine/share/projection'

/** One thing that leaves with a link, or that does not. */
export type Leaving = { what: string; leaves: boolean; detail: string }

/** In words, what a projection holds: read from the projection itself, not from what was asked for. */
export function leavingWith(projection: Projection): readonly Leaving[] {
  const { graph, shown } = projection
  const nodes = graph.nodes.filter(({ kind }) => !isNote(kind))
  const hidden = shown.hidden.length
  const graphLine = {
    what: 'The graph',
    leaves: true,
    detail: `${plural(nodes.length, 'node')} with their names${hidden === 0 ? '' : `, ${hidden} of them shown blank`}`,
  }
  const setup = {
    what: 'Prompts and settings',
    leaves: shown.include.prompts,
    detail: shown.include.prompts ? 'Instructions, prompts, conditions, how each node is set up' : 'Left out',
  }
  const rest = projection.kind === 'run' ? runLines(projection) : []
  return [graphLine, ...rest, setup, maskLine(projection), authorLine(projection)]
}

function runLines(projection: RunProjection): Leaving[] {
  const { include } = projection.shown
  const { created, outputs, tools, usage, times } = countIn(projection)
  return [
    { what: 'What the run was started with', leaves: created, detail: created ? 'The input, whole' : 'Left out' },
    {
      what: 'What came out',
      leaves: outputs > 0,
      detail:
        outputs > 0
          ? `${plural(outputs, 'answer')} of nodes, models and tools, and the result`
          : leftOut(include.outputs),
    },
    {
      what: 'What tools were called with',
      leaves: include.toolArguments && tools > 0,
      detail: include.toolArguments ? `Arguments and addresses of ${plural(tools, 'call')}` : 'Left out',
    },
    {
      what: 'Costs',
      leaves: usage,
      detail: usage ? 'Money, tokens, names of models' : leftOut(include.costs),
    },
    { what: 'Times', leaves: times, detail: times ? 'When each step began and how long it took' : 'Left out' },
  ]
}

const leftOut = (isIncluded: boolean): string => (isIncluded ? 'There is nothing of it in this run' : 'Left out')

function countIn({ events, shown }: RunProjection) {
  let outputs = 0
  let tools = 0
  let usage = false
  let created = false
  for (const event of events) {
    if (event.type === 'run.created') created = !isWithheld(event.input)
    if (event.type === 'node.completed' && !isWithheld(event.output)) outputs++
    if (event.type !== 'step.completed') continue
    if (!isWithheld(event.result)) outputs++
    if (event.usage !== undefined || event.model !== undefined) usage = true
    if (event.kind === 'tool' || event.kind === 'http') tools++
  }
  return { outputs, tools, usage, created, times: shown.include.timeline }
}

function maskLine({ shown }: Projection): Leaving {
  return shown.mask
    ? {
        what: 'Personal data',
        leaves: false,
        detail: 'E-mail addresses, phone numbers, cards, IBANs, keys and tokens are masked',
      }
    : { what: 'Personal data', leaves: true, detail: 'As it stands in the texts. Secrets are masked all the same' }
}

const authorLine = ({ sharedBy }: Projection): Leaving =>
  sharedBy === undefined
    ? { what: 'Your name', leaves: false, detail: 'Left out' }
    : { what: 'Your name', leaves: true, detail: sharedBy }

export type LeavingText = { where: string; text: string }

/** Every text that leaves, each once, by the node where it is seen first: for reading through before the link exists. */
export function textsIn(projection: Projection): readonly LeavingText[] {
  const seen = new Set<string>()
  const found: LeavingText[] = []
  const add = (where: string, value: Json | undefined): void => {
    if (typeof value === 'string') {
      const text = value.trim()
      if (text === '' || seen.has(text)) return
      seen.add(text)
      found.push({ where, text })
    } else if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) add(where, item)
    } else if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) add(where, item)
    }
  }
  for (const node of projection.graph.nodes) add(`Setup of ${nameOf(node)}`, node.config)
  if (projection.kind === 'run') for (const value of valuesIn(projection)) add(value.where, value.value)
  return found
}

function valuesIn({ events, values, graph }: RunProjection): { where: string; value: Json | undefined }[] {
  const names = new Map(graph.nodes.map((node) => [node.id, nameOf(node)]))
  const nameAt = (path: string) => names.get(placesOn(path).node) ?? path
  const whole = (ref: WireRef) =>
    isWithheld(ref) ? undefined : (values[ref.hash] ?? wholeValue(ref)?.value ?? ref.preview)
  return events.flatMap((event) => {
    switch (event.type) {
      case 'run.created':
        return [{ where: 'Input', value: whole(event.input) }]
      case 'node.completed':
        return [{ where: nameAt(event.path), value: whole(event.output) }]
      case 'step.completed':
        return [{ where: `${nameAt(event.path)}, ${event.step}`, value: whole(event.result) }]
      case 'run.failed':
        return [{ where: 'Why the run failed', value: event.failure.message }]
      case 'node.failed':
        return [{ where: nameAt(event.path), value: event.failure.message }]
      default:
        return []
    }
  })
}
