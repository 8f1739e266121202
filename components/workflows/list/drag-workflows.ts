import type { DragEvent } from 'react'

const type = 'application/x-baton-workflows'

export function startDrag(event: DragEvent, ids: readonly string[]): void {
  event.dataTransfer.setData(type, JSON.stringify(ids))
  event.dataTransfer.effectAllowed = 'move'
}

export const isWorkflowDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(type)

export function droppedWorkflows(event: DragEvent): string[] {
  const ids: unknown = JSON.parse(event.dataTransfer.getData(type) || '[]')
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
}
