import { runBody } from '@/bench/baton/api'
import { chain, toolChain } from '@/bench/baton/graphs'
import { startBaton } from '@/bench/baton/start'
import { fireAll, withCleanup } from '@/bench/context'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import { alternateAlone } from '@/bench/parts/single'
import { median } from '@/bench/stats'

const stepsOfRun = 50

/**
 * A step is taken by a `tool` node whose tool does nothing worth mentioning. So every step here also pays for a node that
 * starts and completes: what is measured is more than the goal asks for, never less.
 */
export const steps: Part = {
  name: 'd',
  title: 'durable steps: a recorded result of a repeatable no-op',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const server = await startBaton({ dataDir: folder.path })
      later(server.stop)
      const graphs = [chain(2), chain(stepsOfRun + 2), toolChain(stepsOfRun)]
      const [empty = 0, without = 0, withSteps = 0] = await alternateAlone(context, server, graphs)
      const workflow = await server.api.publish(toolChain(stepsOfRun))
      const rates: number[] = []
      for (let round = 0; round < (context.options.quick ? 2 : 6); round++) {
        const { perSecond } = await fireAll(context, {
          host: server.host,
          port: server.port,
          path: `/api/v1/workflows/${workflow}/runs`,
          headers: { authorization: `Bearer ${server.key}` },
          body: runBody(60),
          connections: 16,
          seconds: context.options.quick ? 1 : 2,
          expect: { status: 200, text: '"status":"completed"' },
        })
        // The first round only warms up.
        if (round > 0) rates.push(perSecond * stepsOfRun)
      }
      return [
        { id: 'd.run', measure: `a run of ${stepsOfRun} nodes with a step each`, value: withSteps, unit: 'ms' },
        { id: 'd.run.without', measure: `a run of ${stepsOfRun} nodes without steps`, value: without, unit: 'ms' },
        {
          id: 'd.step',
          measure: 'added by a step with its node, at 1',
          value: (withSteps - empty) / stepsOfRun,
          unit: 'ms',
          goal: { atMost: 0.7 },
        },
        { id: 'd.step.alone', measure: 'of that, by the step', value: (withSteps - without) / stepsOfRun, unit: 'ms' },
        {
          id: 'd.rate',
          measure: 'steps recorded at 16 runs, each with its node',
          value: median(rates),
          unit: 'steps/s',
          goal: { atLeast: 8_000 },
        },
      ]
    }),
}
