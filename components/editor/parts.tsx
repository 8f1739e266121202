'use client'
import { later } from '@/components/ui/later'

/** What the builder is not drawn with at first: with it, the first drawing would wait for as much code again. */
export const inspectNode = later(async () => {
  const { InspectNode } = await import('@/components/editor/inspector/mounted/inspect-node')
  return InspectNode
})
export const openDialog = later(async () => {
  const { OpenDialog } = await import('@/components/editor/commands/open-dialog')
  return OpenDialog
})
export const clipboard = later(async () => {
  const { Clipboard } = await import('@/components/editor/commands/clipboard')
  return Clipboard
})
export const runDock = later(async () => {
  const { RunDock } = await import('@/components/run/run-dock')
  return RunDock
})
export const versionsTab = later(async () => {
  const { VersionsTab } = await import('@/components/editor/versions/versions-tab')
  return VersionsTab
})
export const runList = later(async () => {
  const { RunList } = await import('@/components/run/list/run-list')
  return RunList
})
export const tour = later(async () => {
  const { Tour } = await import('@/components/editor/tour/tour')
  return Tour
})
