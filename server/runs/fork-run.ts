import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { parsePath } from '@/engine/path'
import { isInline, makeRef, type Ref } from '@/engine/payload'
import type { Pins } from '@/engine/plan/pins'
import { inheritedFacts } from '@/engine/run/fork'
import type { Actor } from '@/server/people/actor'
import { atLeast } from '@/server/people/role'
import { done, notFound, type Outcome, refuse } from '@/server/refusal'
import { checkInput } from '@/server/runs/check-input'
import { findRun, type RunRow } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { begin, type Started } from '@/server/runs/launch'
import { patchGraph } from '@/server/runs/patch-graph'
import { readLog } from '@/server/runs/read-events'
import { readPayload } from '@/server/runs/read-payload'
import { json } from '@/server/runs/start-options'
import { digest } from '@/server/runtime/values'
import { type Deps, forRole } from '@/server/use-case'
import { keepGraph, loadCompiled } from '@/server/workflows/load-graph'

const jsonRecord = z.record(z.string().max(2_000), z.unknown()) as unknown as z.ZodType<JsonObject>

export const ForkRun = z
  .strictObject({
    id: runId,
    afterSeq: z.int().min(1).optional().describe('Takes over what had happened by this event.'),
    fromNode: z.string().max(100).optional().describe('Does this node again, and what depends on it.'),
    patch: z
      .strictObject({
        input: json.describe('Another input; then everything is done again.'),
        outputs: jsonRecord.optional().describe('What nodes are to have answered, by path.'),
        nodes: z.record(z.string().max(100), z.strictObject({ config: jsonRecord })).optional(),
      })
      .optional(),
    wait: z.number().min(0).max(300).optional(),
  })
  .refine(({ afterSeq, fromNode }) => afterSeq === undefined || fromNode === undefined, {
    message: 'takes afterSeq or fromNode, not both',
  })
type Input = z.infer<typeof ForkRun>

export const forkRun = forRole('operator', async (deps, actor, input: Input): Promise<Outcome<Started>> => {
  // Other configs are another graph, and could send a secret anywhere.
  if (Object.keys(input.patch?.nodes ?? {}).length > 0 && !atLeast(actor.role, 'editor'))
    return refuse('forbidden', `To change nodes needs the role editor or above; yours is ${actor.role}.`)
  const source = await findRun(deps, actor, input.id)
  const old = source && (await loadCompiled(deps, actor.workspaceId, source.graphHash))
  if (!source || !old) return notFound('run')
  const graph = patchGraph(old.graph, input.patch?.nodes ?? {})
  if (!graph.ok) return graph
  const compiled = deps.plans.ofGraph(graph.value)
  const { plan } = compiled
  if (plan === null)
    return refuse('invalid_graph', 'The patched graph does not compile.', { problems: compiled.problems })
  const unknown = unknownPlaces(input, (id) => plan.nodes.has(id))
  if (unknown.length > 0)
    return refuse('invalid_input', 'The fork names nodes that are not in this run.', { problems: unknown })
  const outputs = await keepOutputs(deps, actor, input.patch?.outputs ?? {})
  const log = await readLog(deps, source.id)
  const runInput = await inputOf(deps, actor, { given: input.patch?.input, log, fields: compiled.fields })
  if (!runInput.ok) return runInput
  await keepGraph(deps, actor.workspaceId, compiled)
  const pins = await pinsOf(deps, actor, { log, input })
  const { afterSeq, fromNode } = input
  const from = { ...(afterSeq === undefined ? {} : { afterSeq }), ...(fromNode === undefined ? {} : { fromNode }) }
  const inherited = inheritedFacts(plan, log, {
    ...from,
    outputs,
    changed: new Set(Object.keys(input.patch?.nodes ?? {})),
    newInput: input.patch?.input !== undefined,
  })
  return begin(
    deps,
    { compiled, options: { wait: input.wait } },
    {
      workspaceId: actor.workspaceId,
      workflowId: source.workflowId,
      version: versionOf(source, compiled.hash),
      graphHash: compiled.hash,
      plan,
      input: runInput.value,
      trigger: actor.keyId === null ? 'manual' : 'api',
      createdBy: actor.keyId ?? actor.userId,
      attended: (input.wait ?? 0) > 0,
      pins,
      fork: { runId: source.id, ...from, inherited },
    },
  )
})

/** A patched graph is no published version any more. */
const versionOf = ({ version, graphHash }: RunRow, hash: string) => (hash === graphHash ? version : null)

function unknownPlaces({ fromNode, patch }: Input, isKnown: (id: string) => boolean) {
  const named = [
    ...(fromNode === undefined ? [] : [{ path: 'fromNode', id: fromNode }]),
    ...Object.keys(patch?.outputs ?? {}).map((key) => ({
      path: `patch.outputs.${key}`,
      id: parsePath(key)?.at(-1)?.node ?? '',
    })),
  ]
  return named
    .filter(({ id }) => !isKnown(id))
    .map(({ path }) => ({ code: 'unknown_node', path, message: `${path} names no node of this run.` }))
}

async function keepOutputs({ db }: Deps, { workspaceId }: Actor, outputs: JsonObject): Promise<Map<string, Ref>> {
  const made = Object.entries(outputs).map(([path, value]) => ({ path, ...makeRef(value, digest) }))
  const large = made
    .filter(({ ref }) => !isInline(ref))
    .map(({ ref, text }) => ({ workspaceId, hash: ref.hash, body: text }))
  if (large.length > 0) await db.payload.createMany({ data: large, skipDuplicates: true })
  return new Map(made.map(({ path, ref }) => [path, ref]))
}

/** A fork goes on as its source began; what it is to do again, or differently, really runs. */
async function pinsOf(
  deps: Deps,
  { workspaceId }: Actor,
  { log, input: { fromNode, patch } }: { log: Log; input: Input },
): Promise<Pins> {
  const ref = log.find((event) => event.type === 'run.created')?.pins
  if (!ref) return {}
  const pins = isInline(ref) ? ref.inline : await readPayload(deps, workspaceId, ref.hash)
  const again = new Set([fromNode, ...Object.keys(patch?.nodes ?? {})])
  return isJsonObject(pins) ? Object.fromEntries(Object.entries(pins).filter(([id]) => !again.has(id))) : {}
}

type Log = Awaited<ReturnType<typeof readLog>>
type InputOrder = {
  given: Json | undefined
  log: Log
  fields: Parameters<typeof checkInput>[2]['fields']
}

async function inputOf(deps: Deps, { workspaceId }: Actor, { given, log, fields }: InputOrder): Promise<Outcome<Json>> {
  if (given !== undefined) return checkInput(deps, workspaceId, { fields, given, at: 'patch.input' })
  const created = log.find((event) => event.type === 'run.created')
  if (!created) return notFound('run')
  return done(isInline(created.input) ? created.input.inline : await readPayload(deps, workspaceId, created.input.hash))
}
