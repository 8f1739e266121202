/**
 * Where in a run something happens. A segment names a node; `index` is the item or iteration of a box (from 0),
 * `turn` is a team member's turn (from 1). `each[3]/write` is `[{node:'each',index:3},{node:'write'}]`.
 */
export type Segment = { readonly node: string; readonly index?: number; readonly turn?: number }
export type Path = readonly Segment[]

/** The text form of a path: for display, URLs and as a key. */
export type PathKey = string

export const formatSegment = ({ node, index, turn }: Segment): string =>
  (turn === undefined ? node : `${node}#${turn}`) + (index === undefined ? '' : `[${index}]`)

export const formatPath = (path: Path): PathKey => path.map(formatSegment).join('/')

const segmentText = /^([a-z][a-z0-9_]{0,39})(?:#([1-9]\d{0,8}))?(?:\[(0|[1-9]\d{0,8})\])?$/

/** Reads a path that came from outside (a URL). The engine itself never parses keys; it looks instances up by them. */
export function parsePath(text: string): Path | null {
  const path: Segment[] = []
  for (const part of text.split('/')) {
    const match = segmentText.exec(part)
    if (!match?.[1]) return null
    path.push({
      node: match[1],
      ...(match[2] === undefined ? {} : { turn: Number(match[2]) }),
      ...(match[3] === undefined ? {} : { index: Number(match[3]) }),
    })
  }
  return path
}
