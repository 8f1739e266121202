import { type Template as LiquidNode, type Token, TypeGuards, toValueSync, Value } from 'liquidjs'
import { type Reference, referenceTo } from '../reference'
import { fixedKey } from './path'

/** Names that tags have bound: by `assign` and the like from there on, by `for` inside its block. */
type Names = { assigned: Set<string>; bound: readonly string[] }

/** What comes from outside the template. (The library's own analysis counts lines for every name: 16 s for 10,000 of them.) */
export const referencesIn = (nodes: readonly LiquidNode[]): Generator<Reference> =>
  inNodes(nodes, { assigned: new Set(), bound: [] })

function* inNodes(nodes: readonly LiquidNode[], names: Names): Generator<Reference> {
  for (const node of nodes) {
    for (const argument of node.arguments?.() ?? []) yield* inArgument(argument, names)
    for (const name of node.localScope?.() ?? []) names.assigned.add(name.content)
    if (!node.children) continue
    const bound = node.blockScope ? [...names.bound, ...node.blockScope()] : names.bound
    yield* inNodes(toValueSync(node.children(false, true)), { assigned: names.assigned, bound })
  }
}

type Filtered = Pick<Value, 'initial'> & { filters: readonly { args: readonly unknown[] }[] }

function* inArgument(argument: unknown, names: Names): Generator<Reference> {
  if (argument instanceof Value || TypeGuards.isFilteredValueToken(argument)) yield* inFiltered(argument, names)
  else if (Array.isArray(argument)) yield* inArgument(argument[1], names)
  else if (TypeGuards.isRangeToken(argument)) {
    yield* inArgument(argument.lhs, names)
    yield* inArgument(argument.rhs, names)
  } else if (TypeGuards.isPropertyAccessToken(argument)) {
    yield* inAccess(argument.variable, argument.props, names)
  }
}

function* inFiltered(value: Filtered, names: Names): Generator<Reference> {
  for (const token of value.initial.postfix) yield* inArgument(token, names)
  for (const filter of value.filters) for (const argument of filter.args) yield* inArgument(argument, names)
}

/** `a.b[c.d].e` reads `a.b` and `c.d`; `"text".size` reads nothing. */
function* inAccess(variable: Token | undefined, props: readonly Token[], names: Names): Generator<Reference> {
  const keys = props.map(fixedKey)
  const root = keys[0]
  if (!variable && typeof root === 'string' && !names.assigned.has(root) && !names.bound.includes(root)) {
    const end = keys.indexOf(null)
    yield referenceTo(
      root,
      keys.slice(1, end < 0 ? undefined : end).filter((key) => key !== null),
    )
  }
  if (variable) yield* inArgument(variable, names)
  for (const prop of props) yield* inArgument(prop, names)
}
