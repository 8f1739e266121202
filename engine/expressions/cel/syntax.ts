import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'

/** Only the parser of the library is used: its evaluator keeps whole and broken numbers apart and throws on missing names. */
export type Syntax = ASTNode

export class ConditionProblem extends Error {}

const longestSource = 10_000

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 2_000, maxDepth: 100 },
})

export function parseSyntax(source: string): Syntax {
  if (source.trim() === '') throw new ConditionProblem('The condition is empty.')
  if (source.length > longestSource)
    throw new ConditionProblem(`A condition has at most ${longestSource} characters, this one has ${source.length}.`)
  try {
    return environment.parse(source).ast
  } catch (error) {
    if (error instanceof ParseError) throw new ConditionProblem(describe(error))
    if (error instanceof RangeError) throw new ConditionProblem('The condition is nested too deeply.')
    throw error
  }
}

function describe(error: ParseError): string {
  const at = error.range?.start
  return `${error.summary}${at === undefined ? '' : ` (at character ${at + 1})`}.`
}

/** The parts that are expressions themselves. */
export function children(node: Syntax): readonly Syntax[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case '!_':
    case '-_':
      return [node.args]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    default:
      return node.args
  }
}

export const countNodes = (node: Syntax): number =>
  children(node).reduce((count, child) => count + countNodes(child), 1)

/** Whether the result can be more than a part of the data. */
export const buildsValues = (node: Syntax): boolean =>
  node.op === 'list' ||
  node.op === 'map' ||
  (node.op === 'rcall' && node.args[0] === 'map') ||
  children(node).some(buildsValues)
