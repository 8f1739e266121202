import type { Failure } from '@/engine/failure'
import type { Opening } from '@/engine/run/events'
import type { Instance } from '@/engine/run/schedule'
import type { Drive } from './drive'

/** A run lives in the memory of its process, which others share: about 2.3 KB a node. */
export const mostNodes = 500_000

type Sized = { state: Pick<Drive['state'], 'nodes'>; schedule: Pick<Drive['schedule'], 'instances'> }

/** Boxes in boxes multiply: what has begun and what open boxes still have before them must stay within bounds. */
export function excessOf({ state, schedule }: Sized, instance: Instance, opening: Opening): Failure | null {
  const wanted = opening.type === 'items' ? opening.count * sizeInside(instance) : 0
  let ahead = state.nodes.size + wanted
  if (wanted > 0) for (const other of schedule.instances.values()) ahead += leftIn(other)
  if (ahead <= mostNodes) return null
  const message = `A run does at most ${mostNodes} nodes, counting each item of a map and each iteration of a loop. Split it into several runs.`
  return { code: 'too_many_items', message }
}

const sizeInside = ({ node }: Instance): number => node.inside?.nodes.length ?? 0

const leftIn = (instance: Instance): number => {
  const items = instance.box?.items
  return items ? (items.count - items.next) * sizeInside(instance) : 0
}
