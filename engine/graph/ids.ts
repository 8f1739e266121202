import { celReservedWords } from '@/engine/expressions/cel/reserved-words'
import { idPattern } from '@/engine/graph/schema'

/** Names that mean something in every expression. */
export const boundNames: ReadonlySet<string> = new Set([
  'input',
  'item',
  'index',
  'iteration',
  'previous',
  'output',
  'secret',
  'env',
])

/** A node that had one of these names could not be referred to. */
export const isReserved = (id: string): boolean => boundNames.has(id) || celReservedWords.has(id)

export const isId = (text: string): boolean => idPattern.test(text) && !isReserved(text)
