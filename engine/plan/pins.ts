import type { Graph } from '@/engine/graph/schema'
import { isJsonObject, type Json, own } from '@/engine/json'
import type { KindSpec, KindSpecs, OutputSchema } from '@/engine/kind/spec'
import type { Problem } from '@/engine/plan/plan'
import { validateJson } from '@/engine/schema/json-schema'

/** Outputs that runs of a draft take instead of running the node, by node. Published versions know none. */
export type Pins = { readonly [node: string]: Json }

type Parsed = { spec: KindSpec; config: unknown }

/** Where there are several ways out, an output alone does not say which was taken. */
export const canPin = ({ spec, config }: Parsed): boolean => {
  if (spec.family === 'ends' || spec.family === 'note') return false
  const ports = spec.ports(config)
  return ports.length === 1 && ports[0] === 'out'
}

/** What is wrong with the pins of a draft. Those of nodes that are gone wait for the node to come back. */
export function pinProblems(graph: Graph, specs: KindSpecs, pins: Pins): readonly Problem[] {
  return graph.nodes.flatMap((node, index): Problem[] => {
    const value = own(pins, node.id)
    const spec = own(specs, node.kind)
    const parsed = spec?.config.safeParse(node.config)
    // An unknown kind or a broken config has a problem of its own.
    if (value === undefined || spec === undefined || parsed?.success !== true) return []
    const fault = faultOf({ spec, config: parsed.data }, value)
    if (fault === null) return []
    const message = `The pinned output of \`${node.id}\` ${fault} Edit it or unpin it.`
    return [{ code: 'pin_misfit', severity: 'error', nodeId: node.id, path: `nodes[${index}]`, message }]
  })
}

function faultOf(parsed: Parsed, value: Json): string | null {
  const { spec, config } = parsed
  if (!canPin(parsed)) return `can't be used: ${spec.title} has no single way out.`
  const fault = spec.checkOutput?.(config, value) ?? schemaFault(spec.schemas?.(config) ?? [], value)
  return fault === null ? null : `no longer fits: ${fault}.`
}

function schemaFault(schemas: readonly OutputSchema[], output: Json): string | null {
  for (const { schema, of } of schemas) {
    const part = isJsonObject(output) ? own(output, of) : undefined
    const [first] = validateJson(schema, part ?? null)
    if (first !== undefined) return `its ${of}${first.path === '' ? '' : ` at ${first.path}`} ${first.message}`
  }
  return null
}
