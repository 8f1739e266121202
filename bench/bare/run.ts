import { randomBytes } from 'node:crypto'
import type { BareStore } from '@/bench/bare/store'

const transforms = 10

type Done = { id: string; kind: string; at: number; output: string }

/** The benchmark's workflow, written by hand: input, ten transforms, output. Answers what Baton answers. */
export async function runBare(store: BareStore, body: string): Promise<string> {
  const { input } = JSON.parse(body) as { input: { topic: string } }
  const id = newId()
  const createdAt = Date.now()
  const text = JSON.stringify(input)
  await store.begin({ id, input: text, at: createdAt })

  const startedAt = Date.now()
  const nodes: Done[] = [{ id: 'start', kind: 'input', at: startedAt, output: text }]
  let value = input.topic
  for (let n = 1; n <= transforms; n++) {
    value = `${value} ${n}`
    nodes.push({ id: `t${n}`, kind: 'transform', at: Date.now(), output: JSON.stringify(value) })
  }
  const output = JSON.stringify(value)
  const finishedAt = Date.now()
  nodes.push({ id: 'done', kind: 'output', at: finishedAt, output })
  await store.end({ id, at: finishedAt, output, nodes })
  return JSON.stringify({
    id,
    workflowId: null,
    version: 1,
    status: 'completed',
    input,
    output: value,
    error: null,
    paused: null,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0, steps: 0 },
    simulated: false,
    waitingFor: [],
    createdAt: new Date(createdAt).toISOString(),
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    nodes: nodes.map(viewNode),
  })
}

const viewNode = ({ id, kind, at, output }: Done) => ({
  path: id,
  id,
  kind,
  name: id,
  status: 'completed',
  attempt: 1,
  startedAt: new Date(at).toISOString(),
  finishedAt: new Date(at).toISOString(),
  outputPreview: output.slice(0, 500),
})

/** Ordered by time (uuid version 7), like Baton's, so that new rows go to the end of the index. */
function newId(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
