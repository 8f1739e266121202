import { boundNames } from '@/engine/graph/ids'
import type { KindSpecs } from '@/engine/kind/spec'
import { ask, boxesAround, type DraftNode, isNote, label } from '@/engine/plan/draft'
import type { Mention } from '@/engine/plan/expressions'
import type { Report } from '@/engine/plan/report'
import { isBefore, type Layout, levelWith, nodesBefore } from '@/engine/plan/visible'

export type Surroundings = Layout & { specs: KindSpecs; report: Report }

type Fault = { code: string; why: string }

/** May the node that mentions it see what it refers to? */
export function checkReference(mention: Mention, around: Surroundings): void {
  const fault = findFault(mention, around)
  if (fault === null) return
  const { node, field, reference } = mention
  const message = `\`${field}\` of ${label(node)} refers to \`${reference.source}\`, ${fault.why}`
  around.report.config(node, fault.code, { field, message })
}

function findFault(mention: Mention, around: Surroundings): Fault | null {
  const { root } = mention.reference
  if (root === 'input') return null
  if (boundNames.has(root)) return checkBoundName(mention, around)
  const target = around.byId.get(root)
  if (target === undefined || isNote(target)) return unknown(mention, around)
  if (isAround(target, mention.node)) return checkOwnBox(mention, target)
  if (mention.inside && target.parent === mention.node) return checkField(mention, target, around.report)
  const reader = levelWith(mention.node, target)
  if (reader === null) return insideBox(mention, target, around)
  if (reader !== target && isBefore(target, reader, around)) return checkField(mention, target, around.report)
  return notUpstream(mention, target, reader)
}

const isAround = (box: DraftNode, node: DraftNode): boolean => boxesAround(node).some((found) => found === box)

function checkBoundName(mention: Mention, { specs }: Surroundings): Fault | null {
  const { node, reference, inside } = mention
  const { root } = reference
  if (root === 'secret') {
    const why = 'but secrets never appear in text; write `{ secret: name }` as the value of a header or an argument.'
    return { code: 'secret_in_expression', why }
  }
  if (root === 'env') return { code: 'unknown_reference', why: 'but there is no `env`; pass the value as an input.' }
  if (inside && (root === 'output' || (root === 'iteration' && binds(node, root)))) return null
  if (boxesAround(node).some((box) => binds(box, root))) return null
  const kinds = Object.values(specs).flatMap((spec) =>
    spec.box?.binds.some((name) => name === root) ? [spec.kind] : [],
  )
  const where = root === 'output' ? 'the condition that ends a box' : `a ${kinds.join(' or ')} box`
  return { code: 'unknown_reference', why: `which is only there inside ${where}; refer to a node instead.` }
}

const binds = (box: DraftNode, name: string): boolean => box.spec.box?.binds.some((bound) => bound === name) ?? false

function checkOwnBox(mention: Mention, box: DraftNode): Fault | null {
  const [name] = mention.reference.path
  if (typeof name === 'string' && binds(box, name)) return null
  const names = (box.spec.box?.binds ?? []).map((bound) => `\`${box.node.id}.${bound}\``)
  const known = names.length === 0 ? 'refer to a node before it' : `use ${names.join(' or ')}`
  const why = `but ${label(box)} is the box around it and has no result yet; ${known}.`
  return { code: 'box_not_done', why }
}

function checkField(mention: Mention, target: DraftNode, report: Report): Fault | null {
  const [name] = mention.reference.path
  const { outputFields } = target.spec
  if (typeof name !== 'string' || outputFields === undefined) return null
  const fields = ask(target, (config) => outputFields(config))
  if (fields === null || fields.includes(name)) return null
  if (name === 'error' && target.node.onError !== undefined && target.node.onError !== 'fail') return null
  const hint = fields.length === 0 ? ' It has none.' : report.suggest(name, () => fields)
  return { code: 'unknown_field', why: `but ${label(target)} has no field \`${name}\`; correct the name.${hint}` }
}

function unknown(mention: Mention, around: Surroundings): Fault {
  const { root } = mention.reference
  const isPaper = around.byId.has(root)
  const why = isPaper
    ? 'which is a note and has no output; refer to another node.'
    : 'which does not exist; correct the name.'
  const hint = around.report.suggest(root, () => visibleNames(mention, around))
  return { code: 'unknown_reference', why: `${why}${hint}` }
}

function notUpstream(mention: Mention, target: DraftNode, reader: DraftNode): Fault {
  if (mention.node === target) {
    return { code: 'not_upstream', why: 'which is this node itself; refer to a node before it.' }
  }
  const why =
    target.parent?.spec.box?.members === undefined
      ? `which does not come before ${label(reader)}; connect ${label(target)} so that it does, or refer to another node.`
      : 'which is another member of its team; what members say arrives in `input`.'
  return { code: 'not_upstream', why }
}

function insideBox(mention: Mention, target: DraftNode, around: Surroundings): Fault {
  const boxes = [...boxesAround(target)]
  const box = boxes.find((candidate) => levelWith(mention.node, candidate) !== null) ?? target.parent ?? target
  const reader = levelWith(mention.node, box)
  const canSee = reader !== null && reader !== box && isBefore(box, reader, around)
  const advice = canSee ? `refer to \`${box.node.id}\`, its result` : `let ${label(box)} come before and refer to that`
  return { code: 'inside_box', why: `which is inside ${label(box)} and not seen from outside; ${advice}.` }
}

/** Everything the node could refer to at this place. */
function visibleNames({ node, inside }: Mention, around: Surroundings): string[] {
  const boxes = [...boxesAround(node)]
  const bound = boxes.flatMap((box) => box.spec.box?.binds ?? [])
  const own = inside ? ['output', 'iteration', ...node.children.map((child) => child.node.id)] : []
  const ids = nodesBefore(node, around).map((other) => other.node.id)
  return [...new Set([...ids, 'input', ...bound, ...own, ...boxes.map((box) => box.node.id)])]
}
