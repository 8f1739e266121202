import { chain, fanOut } from '@/bench/baton/graphs'
import { startBaton } from '@/bench/baton/start'
import { withCleanup } from '@/bench/context'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import { alternateAlone } from '@/bench/parts/single'

export const shapes: Part = {
  name: 'c',
  title: 'large graphs: a chain of 300 nodes, a fan-out of 100',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const server = await startBaton({ dataDir: folder.path, nodeOptions: context.nodeOptions('c') })
      later(server.stop)
      const wide = fanOut(100)
      const graphs = [chain(2), chain(300), chain(1_200), wide]
      const [two = 0, long = 0, longer = 0, fan = 0] = await alternateAlone(context, server, graphs)
      const perNode = (ms: number, nodes: number) => (ms / nodes) * 1_000
      const goal = { atMost: 60 }
      return [
        { id: 'c.two', measure: 'input and output alone, answered', value: two, unit: 'ms' },
        { id: 'c.chain', measure: 'chain of 300, answered', value: long, unit: 'ms' },
        {
          id: 'c.chain.node',
          measure: 'chain of 300: a node, everything included',
          value: perNode(long, 300),
          unit: 'µs',
          goal,
        },
        { id: 'c.chain.added', measure: 'chain of 300: what a node adds', value: perNode(long - two, 298), unit: 'µs' },
        { id: 'c.fan', measure: 'fan-out of 100, answered', value: fan, unit: 'ms' },
        {
          id: 'c.fan.node',
          measure: 'fan-out of 100: a node, everything included',
          value: perNode(fan, wide.nodes.length),
          unit: 'µs',
          goal,
        },
        {
          id: 'c.fan.added',
          measure: 'fan-out of 100: what a node adds',
          value: perNode(fan - two, wide.nodes.length - 2),
          unit: 'µs',
        },
        {
          id: 'c.growth',
          measure: 'chain of 1,200 / chain of 300',
          value: longer / long,
          unit: '×',
          goal: { atMost: 4.4 },
        },
      ]
    }),
}
