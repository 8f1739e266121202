import { type Reference, referenceTo } from '../reference'
import { macros } from './macros'
import { children, type Syntax } from './syntax'

type Chain = { root: string; path: readonly (string | number)[]; ends: 'open' | 'computed' }

export function* referencesIn(node: Syntax, locals: readonly string[]): Generator<Reference> {
  const chain = chainOf(node)
  if (chain) {
    if (!locals.includes(chain.root)) yield referenceTo(chain.root, chain.path)
    yield* referencesInKeys(node, locals)
    return
  }
  if (node.op === 'rcall' && macros.has(node.args[0])) {
    const [variable, ...bodies] = node.args[2]
    yield* referencesIn(node.args[1], locals)
    const inner = variable?.op === 'id' ? [...locals, variable.args] : locals
    for (const body of bodies) yield* referencesIn(body, inner)
    return
  }
  for (const child of children(node)) yield* referencesIn(child, locals)
}

/** `a.b[0].c`, and `a.b` of `a.b[i].c`: what lies behind a computed key is not known before the run. */
function chainOf(node: Syntax): Chain | null {
  if (node.op === 'id') return { root: node.args, path: [], ends: 'open' }
  if (node.op !== '.' && node.op !== '[]') return null
  const base = chainOf(node.args[0])
  if (!base || base.ends === 'computed') return base
  const key = node.op === '.' ? node.args[1] : fixedKey(node.args[1])
  return key === null ? { ...base, ends: 'computed' } : { ...base, path: [...base.path, key] }
}

function fixedKey(node: Syntax): string | number | null {
  if (node.op !== 'value') return null
  if (typeof node.args === 'string') return node.args
  return typeof node.args === 'number' || typeof node.args === 'bigint' ? Number(node.args) : null
}

function* referencesInKeys(node: Syntax, locals: readonly string[]): Generator<Reference> {
  if (node.op === '[]') yield* referencesIn(node.args[1], locals)
  if (node.op === '[]' || node.op === '.') yield* referencesInKeys(node.args[0], locals)
}
