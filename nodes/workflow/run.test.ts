import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { StepTools } from '@/engine/kind/run'
import { enter, nodeContext } from '../testing/context'
import { openDesk } from '../testing/desk'
import { workflowRun } from './run'
import { workflowSpec } from './spec'

type Result = Awaited<ReturnType<StepTools['childResult']>>

function parent(result?: Result) {
  const started: Json[] = []
  const desk = openDesk({
    child: (request, step) => {
      started.push({ ...request })
      return `child-of-${step}`
    },
    childResult: async (runId) => {
      if (result === undefined) throw new Error(`${runId} is not over`)
      return result
    },
  })
  return { desk, started }
}

const config = { workflow: 'brief', version: 2, input: { n: '{{ a.n }}' } }
const resumed = { type: 'child', status: 'completed' } as const
const place = { config, values: { a: { n: 5 } }, input: { task: 'x' } }

describe('a workflow in a workflow', () => {
  it('starts one run with its input and waits for it', async () => {
    const { desk, started } = parent()
    const wait = { wait: { reason: 'child', runId: 'child-of-child' } }
    expect(await enter(workflowRun, nodeContext(workflowSpec, { ...place, desk }))).toEqual(wait)
    expect(await enter(workflowRun, nodeContext(workflowSpec, { ...place, desk }))).toEqual(wait)
    expect(started).toEqual([{ workflow: 'brief', version: 2, input: { n: 5 } }])
    const plain = parent()
    await enter(workflowRun, nodeContext(workflowSpec, { ...place, config: { workflow: 'brief' }, desk: plain.desk }))
    expect(plain.started).toEqual([{ workflow: 'brief', input: { task: 'x' } }])
  })

  it('passes on the result of the child', async () => {
    const usage = { inputTokens: 0, outputTokens: 0, cost: 0, steps: 0 }
    const { desk } = parent({ status: 'completed', output: ['done'], usage })
    expect(await enter(workflowRun, nodeContext(workflowSpec, { ...place, desk, resumed }))).toEqual({
      output: ['done'],
    })
  })

  it('fails with its child, naming it, and another attempt starts another one', async () => {
    const { desk, started } = parent({ status: 'failed', failure: { code: 'timeout', message: 'Too slow.' } })
    await expect(enter(workflowRun, nodeContext(workflowSpec, { ...place, desk, resumed }))).rejects.toMatchObject({
      failure: { code: 'run_failed', message: 'The run child-of-child of the workflow brief failed: Too slow.' },
    })
    await enter(workflowRun, nodeContext(workflowSpec, { ...place, desk, attempt: 2 }))
    expect(started).toHaveLength(2)
    expect(desk.done).toEqual(['child', 'child.2'])
  })
})
