import type { GraphNode } from '@/engine/graph/schema'
import type { BoxProgress } from './box-progress'

/** How far a box has come. Nobody knows how often a loop will go round, only how often it may. */
export function scopeCount({ kind, config }: Pick<GraphNode, 'kind' | 'config'>, progress: BoxProgress): string {
  const { done, failed, total } = progress
  const { maxIterations } = config
  if (kind === 'loop' && typeof maxIterations === 'number') return `${total} · max ${maxIterations}`
  return `${done + failed}/${total}`
}
