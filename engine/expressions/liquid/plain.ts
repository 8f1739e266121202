import { Output, type Token, TokenKind } from 'liquidjs'
import type { LiquidNode } from './library'
import { fixedKey, type Path } from './path'

export type Part = string | Path

/** The parts of a template that is nothing but text and `{{ a.b[0] }}`, as nearly all are; null when it needs the library. */
export function plainParts(nodes: readonly LiquidNode[]): readonly Part[] | null {
  const parts: Part[] = []
  for (const node of nodes) {
    const part = plainPart(node)
    if (part === null) return null
    parts.push(part)
  }
  return parts
}

function plainPart(node: LiquidNode): Part | null {
  if (isHtml(node.token)) return node.token.getContent()
  if (!(node instanceof Output)) return null
  const { initial, filters } = node.value
  const [value, ...rest] = initial.postfix
  // The one filter that is always there is our own printing.
  if (filters.length !== 1 || rest.length > 0 || !value || !isPropertyAccess(value) || value.variable) return null
  const keys = value.props.map(fixedKey)
  const [root, ...others] = keys
  if (typeof root !== 'string' || others.includes(null)) return null
  return { root, keys: others.filter((key) => key !== null) }
}

const isHtml = (token: Token): token is Token & { getContent(): string } => token.kind === TokenKind.HTML

const isPropertyAccess = (token: Token): token is Token & { variable?: unknown; props: readonly Token[] } =>
  token.kind === TokenKind.PropertyAccess
