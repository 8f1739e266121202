import { FolderOpen, SearchX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/panel'
import type { Wish } from './use-workflow-list'

type Props = { wish: Wish; onShowAll: () => void }

/** No workflow is there: because of what is searched, or because the folder is empty. */
export function NothingFits({ wish: { search, folder }, onShowAll }: Props) {
  const words = search.trim()
  const all = <Button onClick={onShowAll}>Show all workflows</Button>
  if (words !== '') {
    return (
      <EmptyState
        icon={<SearchX size={20} aria-hidden />}
        title={`No workflow is called like “${words}”`}
        actions={all}
      >
        {folder !== null && 'Only this folder was searched.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<FolderOpen size={20} aria-hidden />} title="Nothing is in here" actions={all}>
      {folder === 'none'
        ? 'Every workflow is in a folder.'
        : 'Drag workflows onto the folder, or choose them and press Move.'}
    </EmptyState>
  )
}
