import type { OutputSchema } from '@/engine/kind/spec'
import { ask, type DraftNode, isNote, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'
import { checkSchema } from '@/engine/schema/check-schema'

/** Puts every node into its box, and says which may not stand where they do. */
export function placeNodes(byId: ReadonlyMap<string, DraftNode>, report: Report): void {
  for (const node of byId.values()) node.parent = findParent(node, byId, report)
  breakCycles(byId.values(), report)
  for (const node of byId.values()) node.parent?.children.push(node)
  // By what the nodes say themselves: a box in a circle of boxes is not empty.
  const inhabited = new Set([...byId.values()].flatMap((node) => (isNote(node) ? [] : (node.node.parent ?? []))))
  for (const node of byId.values()) {
    checkPlace(node, report)
    if (node.spec.box === undefined) continue
    checkMembers(node, report)
    if (node.spec.box.members !== undefined || inhabited.has(node.node.id)) continue
    report.node(node, 'empty_box', { message: `${label(node)} is empty; put at least one node into it.` })
  }
  checkInputs(byId.values(), report)
}

function findParent(node: DraftNode, byId: ReadonlyMap<string, DraftNode>, report: Report): DraftNode | null {
  const id = node.node.parent
  if (id === undefined) return null
  const parent = byId.get(id)
  if (parent === undefined) {
    const boxes = () => [...byId.values()].flatMap((other) => (other.spec.box === undefined ? [] : [other.node.id]))
    const message = `${label(node)} lies in \`${id}\`, which does not exist; move it out or into a box.${report.suggest(id, boxes)}`
    report.node(node, 'unknown_parent', { field: 'parent', message })
    return null
  }
  if (parent.spec.box !== undefined) return parent
  const message = `${label(node)} lies in ${label(parent)}, which is no box; move it out, or into a team, map or loop.`
  report.node(node, 'parent_not_box', { field: 'parent', message })
  return null
}

function breakCycles(nodes: Iterable<DraftNode>, report: Report): void {
  const fine = new Set<DraftNode>()
  for (const start of nodes) {
    const way = new Set<DraftNode>()
    let here: DraftNode | null = start
    while (here !== null && !fine.has(here) && !way.has(here)) {
      way.add(here)
      here = here.parent
    }
    if (here !== null && way.has(here)) {
      const names = [...way].slice([...way].indexOf(here)).map(label)
      const message = `Boxes lie inside each other in a circle: ${names.join(', ')}; move one of them out.`
      report.node(here, 'parent_cycle', { field: 'parent', message })
      here.parent = null
    }
    for (const node of way) fine.add(node)
  }
}

function checkPlace(node: DraftNode, report: Report): void {
  const fault = findPlaceFault(node)
  if (fault !== null) report.node(node, fault.code, { field: 'parent', message: fault.message })
}

function findPlaceFault(node: DraftNode): { code: string; message: string } | null {
  const { parent, spec } = node
  const team = spec.place?.membersOnlyOf
  if (parent === null && team !== undefined) {
    return { code: 'not_in_box', message: `${label(node)} can only be a member of a ${team}; move it into one.` }
  }
  if (parent === null || isNote(node)) return null
  if (spec.place?.insideBoxes === false) {
    const message = `${label(node)} is an ${spec.kind} and may not lie in a box; move it out of ${label(parent)}.`
    return { code: 'not_in_boxes', message }
  }
  const kinds = parent.spec.box?.members?.kinds
  if (kinds === undefined || kinds.includes(spec.kind)) return null
  const message = `${label(node)} is a ${spec.kind}, but members of ${label(parent)} can only be: ${kinds.join(', ')}; move it out.`
  return { code: 'member_kind', message }
}

function checkMembers(box: DraftNode, report: Report): void {
  const members = box.spec.box?.members
  if (members === undefined) return
  const ids = box.children.filter((child) => !isNote(child)).map((child) => child.node.id)
  for (const { field, id } of ask(box, (config) => members.named(config)) ?? []) {
    if (ids.includes(id)) continue
    const hint = report.suggest(id, () => ids)
    const message = `\`${field}\` of ${label(box)} names \`${id}\`, which is none of its members; choose one.${hint}`
    report.config(box, 'unknown_member', { field, message })
  }
}

function checkInputs(nodes: Iterable<DraftNode>, report: Report): void {
  const [first, ...others] = [...nodes].filter((node) => node.node.kind === 'input')
  if (first === undefined) return
  for (const other of others) {
    const message = `${label(other)} is a second input beside ${label(first)}; keep one and give it all the fields.`
    report.node(other, 'several_inputs', { message })
  }
}

/** Rules of a kind that its schema can't say. They are only asked about complete configs. */
export function checkRules(nodes: Iterable<DraftNode>, report: Report): void {
  for (const node of nodes) {
    if (node.config.type === 'partial') continue
    const children = node.children.map(({ node: { id, kind } }) => ({ id, kind }))
    for (const { code, field, message } of node.spec.check?.(node.config.value, { children }) ?? []) {
      if (field === undefined) report.node(node, code, { message })
      else report.config(node, code, { field, message })
    }
    for (const schema of node.spec.schemas?.(node.config.value) ?? []) checkSchemaOf(node, schema, report)
  }
}

function checkSchemaOf(node: DraftNode, { field, schema }: OutputSchema, report: Report): void {
  for (const { path, message } of checkSchema(schema)) {
    const place = path === '' ? '' : ` at ${path}`
    report.config(node, 'invalid_schema', {
      field: path === '' ? field : `${field}.${path}`,
      message: `The schema in \`${field}\`${place} ${message}.`,
    })
  }
}
