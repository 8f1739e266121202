import { type Reference, referenceTo } from '../reference'
import { analyze, type LiquidNode } from './library'

/** What comes from outside the template; the variables of its own tags don't. */
export function* referencesIn(nodes: LiquidNode[]): Generator<Reference> {
  for (const variables of Object.values(analyze(nodes).globals)) {
    for (const variable of variables) {
      const [root, ...segments] = variable.segments
      if (typeof root === 'string') yield referenceTo(root, fixedStart(segments))
    }
  }
}

function fixedStart(segments: readonly unknown[]): readonly (string | number)[] {
  const fixed: (string | number)[] = []
  for (const segment of segments) {
    if (typeof segment !== 'string' && typeof segment !== 'number') break
    fixed.push(segment)
  }
  return fixed
}
