import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isBox, isNote, portsOf } from '@/components/editor/graph/kinds'
import type { Graph, GraphNode } from '@/engine/graph/schema'

export type Point = { x: number; y: number }
export type Size = { width: number; height: number }
export type Rect = Point & Size

export const card = { width: 240, height: 84 } as const
export const boxPadding = { left: 20, top: 52, right: 20, bottom: 20 } as const
/** Between what lies side by side. */
export const gap = 40
const emptyBox: Size = { width: 320, height: 188 }
const note: Size = { width: 220, height: 120 }
const portRow = 24

/** Everything about where nodes lie: `at` relative to the box, as in the graph, and `absolute` on the canvas. */
export type Place = { at: Point; size: Size; absolute: Point }

const known = new WeakMap<Graph, ReadonlyMap<string, Place>>()

export function placesOf(graph: Graph): ReadonlyMap<string, Place> {
  const found = known.get(graph)
  if (found) return found
  const { children } = indexOf(graph)
  const fallback = placeLoose(graph)
  const places = new Map<string, Place>()
  const at = (node: GraphNode): Point => node.position ?? fallback.get(node.id) ?? { x: 0, y: 0 }
  const walk = (box: string | null, origin: Point): void => {
    for (const node of children.get(box) ?? []) {
      if (places.has(node.id)) continue
      const here = at(node)
      const absolute = { x: origin.x + here.x, y: origin.y + here.y }
      places.set(node.id, { at: here, size: card, absolute })
      walk(node.id, absolute)
      places.set(node.id, { at: here, size: sizeOf(node, children.get(node.id) ?? [], places), absolute })
    }
  }
  walk(null, { x: 0, y: 0 })
  known.set(graph, places)
  return places
}

/** A box is at least as large as it was made, and grows with what lies in it. */
function sizeOf(node: GraphNode, inside: readonly GraphNode[], places: ReadonlyMap<string, Place>): Size {
  if (isNote(node.kind)) return node.size ?? note
  if (!isBox(node.kind))
    return { width: card.width, height: Math.max(card.height, portsOf(node).length * portRow + 16) }
  const least = inside.length === 0 ? (node.size ?? emptyBox) : (node.size ?? { width: 0, height: 0 })
  return inside.reduce<Size>((size, child) => {
    const place = places.get(child.id)
    if (place === undefined) return size
    return {
      width: Math.max(size.width, place.at.x + place.size.width + boxPadding.right),
      height: Math.max(size.height, place.at.y + place.size.height + boxPadding.bottom),
    }
  }, least)
}

/** Nodes of files that say nothing about places stand in columns, by how far they are from the beginning. */
function placeLoose(graph: Graph): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>()
  const loose = graph.nodes.filter((node) => node.position === undefined)
  if (loose.length === 0) return places
  const depths = depthsOf(graph)
  const rows = new Map<string, number>()
  for (const node of loose) {
    const parent = parentOf(graph, node.id)
    const column = depths.get(node.id) ?? 0
    const key = `${parent ?? ''} ${column}`
    const row = rows.get(key) ?? 0
    rows.set(key, row + 1)
    const origin = parent === null ? { x: 0, y: 0 } : { x: boxPadding.left, y: boxPadding.top }
    places.set(node.id, { x: origin.x + column * 320, y: origin.y + row * 124 })
  }
  return places
}

function depthsOf(graph: Graph): ReadonlyMap<string, number> {
  const { incoming } = indexOf(graph)
  const depths = new Map<string, number>()
  // A graph may be in a circle while it is being drawn: what is under way counts as the beginning.
  const depthOf = (id: string): number => {
    const found = depths.get(id)
    if (found !== undefined) return found
    depths.set(id, 0)
    const depth = Math.max(0, ...(incoming.get(id) ?? []).map((edge) => depthOf(edge.source) + 1))
    depths.set(id, depth)
    return depth
  }
  for (const node of graph.nodes) depthOf(node.id)
  return depths
}

export const rectOf = (graph: Graph, id: string): Rect | null => {
  const place = placesOf(graph).get(id)
  return place === undefined ? null : { ...place.absolute, ...place.size }
}

export const contains = (rect: Rect, { x, y }: Point): boolean =>
  x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height

export const centreOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 })

export function boundsOf(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null
  const left = Math.min(...rects.map(({ x }) => x))
  const top = Math.min(...rects.map(({ y }) => y))
  const right = Math.max(...rects.map(({ x, width }) => x + width))
  const bottom = Math.max(...rects.map(({ y, height }) => y + height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** From the canvas into a box; never under its title or its border. */
export function intoBox(graph: Graph, box: string | null, absolute: Point): Point {
  if (box === null) return round(absolute)
  const origin = placesOf(graph).get(box)?.absolute ?? { x: 0, y: 0 }
  return round({
    x: Math.max(boxPadding.left, absolute.x - origin.x),
    y: Math.max(boxPadding.top, absolute.y - origin.y),
  })
}

export const round = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })

/** The innermost box below a point, leaving out some nodes with all that lies in them. */
export function boxAt(graph: Graph, point: Point, leaveOut: ReadonlySet<string>): string | null {
  const { children } = indexOf(graph)
  const places = placesOf(graph)
  const search = (box: string | null): string | null => {
    for (const node of [...(children.get(box) ?? [])].reverse()) {
      const place = places.get(node.id)
      if (!isBox(node.kind) || leaveOut.has(node.id) || place === undefined) continue
      if (contains({ ...place.absolute, ...place.size }, point)) return search(node.id) ?? node.id
    }
    return null
  }
  return search(null)
}

/** A free spot near a point: nothing is ever put exactly on top of something else. */
export function freeSpot(graph: Graph, box: string | null, wanted: Point, size: Size = card): Point {
  const { children } = indexOf(graph)
  const places = placesOf(graph)
  const others = (children.get(box) ?? []).flatMap((node) => {
    const place = places.get(node.id)
    return place === undefined || isNote(node.kind) ? [] : [{ ...place.at, ...place.size }]
  })
  let spot = round(wanted)
  for (let tries = 0; tries < 200; tries += 1) {
    const blocking = others.find((other) => overlaps({ ...spot, ...size }, other))
    if (blocking === undefined) return spot
    spot = { x: spot.x, y: Math.round(blocking.y + blocking.height + gap) }
  }
  return spot
}

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
