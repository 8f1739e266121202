import type { Graph } from '@/engine/graph/schema'
import type { Faults } from './world'

/** Shrunk counterexamples of faults that once were there: graph, chance, faults. */
export const examples: [Graph, number, Faults][] = []
