import { runBody } from '@/bench/baton/api'
import type { BenchGraph } from '@/bench/baton/graphs'
import type { Baton } from '@/bench/baton/start'
import { type Context, fireAll } from '@/bench/context'
import { median } from '@/bench/stats'

/** Runs several graphs in turns, one run at a time, and returns the median milliseconds of each. */
export async function alternateAlone(
  context: Context,
  server: Baton,
  graphs: readonly BenchGraph[],
): Promise<number[]> {
  const { quick } = context.options
  const workflows = await Promise.all(graphs.map((graph) => server.api.publish(graph)))
  const times: number[][] = workflows.map(() => [])
  const measure = (workflow: string, answers: number) =>
    fireAll(context, {
      host: server.host,
      port: server.port,
      path: `/api/v1/workflows/${workflow}/runs`,
      headers: { authorization: `Bearer ${server.key}` },
      body: runBody(60),
      connections: 1,
      answers,
      expect: { status: 200, text: '"status":"completed"' },
    })
  for (const workflow of workflows) await measure(workflow, quick ? 10 : 30)
  for (let round = 0; round < (quick ? 3 : 9); round++) {
    for (const [index, workflow] of workflows.entries()) {
      times[index]?.push((await measure(workflow, quick ? 5 : 15)).p50)
    }
  }
  return times.map(median)
}
