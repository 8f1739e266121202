import { runBody } from '@/bench/baton/api'
import { agentWithTools, type BenchGraph, chain, toolChain } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { startChild } from '@/bench/child'
import { type Context, fireAll, withCleanup } from '@/bench/context'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { ModelSettings } from '@/bench/models/models-main'
import type { Part } from '@/bench/parts/part'
import { alternateAlone } from '@/bench/parts/single'
import { median } from '@/bench/stats'

const inChain = 50
const ofAgent = 100
const models: ModelSettings = { answers: 'tools' }

/**
 * Steps as users meet them, in two forms. Nodes with one step each, one after the other: every step pays for its node's
 * start and end as well. And the tool calls of one agent: steps of one node, with two model calls to a server that answers
 * at once. Neither is cheaper than the bare step that the goals speak of.
 */
export const steps: Part = {
  name: 'd',
  title: 'durable steps: a recorded result of a repeatable no-op (the calculator tool)',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const modelServer = await startChild<'url', string>('models', models)
      later(modelServer.stop)
      const env = {
        OPENAI_BASE_URL: await modelServer.ask('url'),
        OPENAI_API_KEY: 'sk-bench',
        OPENAI_MODEL: 'test-model',
      }
      const server = await startBaton({ dataDir: folder.path, env, nodeOptions: context.nodeOptions('d') })
      later(server.stop)
      const graphs = [chain(2), chain(inChain + 2), toolChain(inChain), agentWithTools(0), agentWithTools(ofAgent)]
      const [empty = 0, plain = 0, chained = 0, idle = 0, busy = 0] = await alternateAlone(context, server, graphs)
      // An agent's two model calls are steps, too; they are checked but not counted.
      const agentSteps = { graph: agentWithTools(ofAgent), recorded: ofAgent + 2 }
      const agentRate = (await runsPerSecond(context, server, agentSteps)) * ofAgent
      const chainSteps = { graph: toolChain(inChain), recorded: inChain }
      const chainRate = (await runsPerSecond(context, server, chainSteps)) * inChain
      return [
        {
          id: 'd.step.node',
          measure: 'added by a step and its node, one after the other, at 1',
          value: (chained - empty) / inChain,
          unit: 'ms',
          goal: { atMost: 0.7 },
        },
        { id: 'd.step', measure: 'of that, by the step', value: (chained - plain) / inChain, unit: 'ms' },
        {
          id: 'd.step.agent',
          measure: `added by each of ${ofAgent} tool calls of an agent, at 1`,
          value: (busy - idle) / ofAgent,
          unit: 'ms',
          goal: { atMost: 0.7 },
        },
        {
          id: 'd.rate',
          measure: 'steps at 16 runs: tool calls of agents',
          value: agentRate,
          unit: 'steps/s',
          goal: { atLeast: 8_000 },
        },
        { id: 'd.rate.node', measure: 'steps at 16 runs: each with its node', value: chainRate, unit: 'steps/s' },
      ]
    }),
}

type Load = { graph: BenchGraph; recorded: number }

async function runsPerSecond(context: Context, server: Baton, { graph, recorded }: Load): Promise<number> {
  const { quick } = context.options
  const workflow = await server.api.publish(graph)
  const { id } = await server.api.run(workflow, 60)
  const found = (await server.api.events(id)).filter(({ type }) => type === 'step.completed').length
  if (found !== recorded) throw new Error(`A run recorded ${found} steps instead of ${recorded}.`)
  const rates: number[] = []
  for (let round = 0; round < (quick ? 2 : 6); round++) {
    const { perSecond } = await fireAll(context, {
      host: server.host,
      port: server.port,
      path: `/api/v1/workflows/${workflow}/runs`,
      headers: { authorization: `Bearer ${server.key}` },
      body: runBody(60),
      connections: 16,
      seconds: quick ? 1 : 2,
      expect: { status: 200, text: '"status":"completed"' },
    })
    // The first round only warms up.
    if (round > 0) rates.push(perSecond)
  }
  return median(rates)
}
