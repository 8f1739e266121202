import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { RecordedRequest } from '@/server/models/testing/model-server'
import type { Reply } from '@/server/models/testing/replies'

const edges = (...pairs: (readonly [string, string] | readonly [string, string, string])[]) =>
  pairs.map(([source, target, sourcePort]) => ({ source, target, ...(sourcePort ? { sourcePort } : {}) }))

const agent = (id: string, more: JsonObject = {}, node: JsonObject = {}) => ({
  id,
  kind: 'agent',
  config: { model: 'default', instructions: `You are ${id}.`, prompt: 'Do it.', ...more },
  ...node,
})

const start = { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } }

/** Agents one after the other, with tools; one call has an effect that is not repeatable, and may be repeated in doubt. */
const sequence = (sink: string): Json => ({
  baton: 1,
  name: 'sequence',
  nodes: [
    start,
    agent('poster', { tools: ['http_request'], autonomy: 'full', prompt: `Post to ${sink}` }, { onDoubt: 'retry' }),
    agent('counter', { tools: ['calculator'], prompt: 'After {{ poster.text }}' }),
    {
      id: 'note_it',
      kind: 'http',
      config: { method: 'POST', url: sink, body: { said: '{{ counter.text }}' } },
      onDoubt: 'retry',
    },
    agent('writer', { prompt: 'About {{ counter.text }}' }),
    { id: 'done', kind: 'output', config: { value: '{{ writer.text }} {{ note_it.status }}' } },
  ],
  edges: edges(
    ['start', 'poster'],
    ['poster', 'counter'],
    ['counter', 'note_it'],
    ['note_it', 'writer'],
    ['writer', 'done'],
  ),
})

/** A map of agents at the same time, one of which has to be tried again, then a condition and a merge. */
const parallel = (): Json => ({
  baton: 1,
  name: 'parallel',
  nodes: [
    start,
    { id: 'each', kind: 'map', config: { items: '["a", "b", "flaky", "d"]', concurrency: 4 } },
    agent(
      'worker',
      { prompt: 'Work on {{ item }}' },
      { parent: 'each', retry: { max: 3, delayMs: 5, backoff: 'fixed' } },
    ),
    {
      id: 'line',
      kind: 'transform',
      parent: 'each',
      config: { template: '{{ index }}: {{ worker.text }}', as: 'text' },
    },
    { id: 'enough', kind: 'condition', config: { expression: 'size(each) > 3' } },
    agent('left', { prompt: 'Left of {{ each }}' }),
    agent('right', { prompt: 'Right of {{ each }}' }),
    { id: 'never', kind: 'transform', config: { template: 'never', as: 'text' } },
    { id: 'both', kind: 'merge', config: { mode: 'all' } },
    {
      id: 'done',
      kind: 'output',
      config: { value: { list: '{{ each }}', left: '{{ left.text }}', right: '{{ right.text }}' } },
    },
  ],
  edges: [
    ...edges(
      ['start', 'each'],
      ['worker', 'line'],
      ['each', 'enough'],
      ['enough', 'left', 'true'],
      ['enough', 'right', 'true'],
    ),
    ...edges(['enough', 'never', 'false'], ['left', 'both'], ['right', 'both'], ['never', 'both'], ['both', 'done']),
  ],
})

/** A team with a lead, a loop, and a person who is asked. */
const team = (): Json => ({
  baton: 1,
  name: 'team',
  nodes: [
    start,
    { id: 'crew', kind: 'team', config: { mode: 'supervisor', goal: 'Write about {{ start.topic }}', lead: 'lead' } },
    { id: 'lead', kind: 'agent', parent: 'crew', config: { instructions: 'You are lead.' } },
    { id: 'coder', kind: 'agent', parent: 'crew', config: { instructions: 'You are coder.' } },
    { id: 'again', kind: 'loop', config: { until: 'iteration == 1', maxIterations: 3 } },
    agent('polish', { prompt: 'Round {{ iteration }} after {{ previous.text }}' }, { parent: 'again' }),
    { id: 'gate', kind: 'approval', config: { title: 'Publish?', message: '{{ crew.text }}' } },
    { id: 'done', kind: 'output', config: { value: '{{ crew.text }} / {{ again.text }} / {{ gate.decision }}' } },
  ],
  edges: edges(['start', 'crew'], ['crew', 'again'], ['again', 'gate'], ['gate', 'done', 'approved']),
})

export const crashGraphs = { sequence, parallel, team }

type Message = { role: string; content: string; name: string }

const messagesOf = ({ body }: RecordedRequest): Message[] =>
  (Array.isArray(body.messages) ? body.messages : []).flatMap((message: Json) =>
    isJsonObject(message)
      ? [{ role: String(message.role), content: JSON.stringify(message.content ?? ''), name: '' }]
      : [],
  )

const keyOf = (request: RecordedRequest): string => request.headers['idempotency-key'] ?? ''

/** Always the same answer to the same question; the usage tells the requests apart, so that one sees which was recorded. */
export function answering(sink: string) {
  const failed = new Set<string>()
  return (request: RecordedRequest, n: number): Reply => {
    const messages = messagesOf(request)
    const system = messages[0]?.content ?? ''
    const last = messages.at(-1)?.content ?? ''
    const answered = messages.filter(({ role }) => role === 'tool').length
    const usage = { prompt_tokens: n + 1, completion_tokens: 1 }
    const text = (words: string): Reply => ({ kind: 'text', text: words, usage })
    if (last.includes('flaky') && !failed.has(keyOf(request))) {
      failed.add(keyOf(request))
      return { kind: 'error', status: 503 }
    }
    if (system.includes('You are poster') && answered === 0) {
      const given = JSON.stringify({ method: 'POST', url: sink, body: { hello: 'there' } })
      return { kind: 'tools', calls: [{ id: 'c1', name: 'http_request', arguments: given }] }
    }
    if (system.includes('You are counter') && answered === 0) {
      const sum = (expression: string, id: string) => ({
        id,
        name: 'calculator',
        arguments: JSON.stringify({ expression }),
      })
      return { kind: 'tools', calls: [sum('6 * 7', 'c1'), sum('1 + 1', 'c2')] }
    }
    if (system.includes('You are lead')) {
      const round = last.includes('coder') && messages.some(({ content }) => content.includes('coder says')) ? 2 : 1
      const decision =
        round === 1
          ? { say: 'Off we go.', delegate: [{ to: 'coder', task: 'Code it.' }], finish: null }
          : { say: 'Done.', delegate: [], finish: 'The team is done.' }
      return text(JSON.stringify(decision))
    }
    if (system.includes('You are coder')) return text('coder says hi')
    const who = /You are (\w+)/.exec(system)?.[1] ?? 'somebody'
    return text(`${who} answered ${/Work on (\w+)|Round (\d)/.exec(last)?.[0] ?? 'well'}`)
  }
}
