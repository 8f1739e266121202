'use client'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { GalleryRow } from '@/components/gallery/gallery-row'
import { SimulatedNote, useKnownConnections } from '@/components/people/simulated-note'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { SearchBox } from '@/components/ui/search-box'
import { FirstVisit } from '@/components/workflows/first-visit'
import { ImportDialog } from '@/components/workflows/import-dialog'
import { NewWorkflowButton } from '@/components/workflows/new-workflow-button'
import { FirstFolder, FolderSide } from './folder-side'
import { NothingFits } from './nothing-fits'
import { SelectionBar } from './selection-bar'
import { useFolders, useMove } from './use-folders'
import { useListKeys } from './use-list-keys'
import { useSelection } from './use-selection'
import { type Sort, sorts, useWish, useWorkflowList, type Wish } from './use-workflow-list'
import { WorkflowCard } from './workflow-card'

/** The workflows of the workspace, each with how it looks and how its last runs went. */
export function WorkflowList() {
  const [isImporting, setImporting] = useState(false)
  const [wish, change] = useWish()
  const { list, items: found, runsOf } = useWorkflowList(wish)
  const items = useKnownConnections().isPending ? undefined : found
  const { folders } = useFolders()
  const selection = useSelection(items)
  const { move, isPending } = useMove(selection.clear)
  useListKeys(selection)
  const isPlain = wish.search.trim() === '' && wish.folder === null
  const isFirst = items?.length === 0 && isPlain && !list.isPlaceholderData
  const hasFolders = folders.length > 0 || wish.folder !== null
  return (
    <Page
      title="Workflows"
      {...(isFirst && { about: 'Begin with a team that works, and change it until it is yours.' })}
      actions={
        !isFirst && <Tools wish={wish} hasFolders={hasFolders} onChange={change} onImport={() => setImporting(true)} />
      }
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {items && !isFirst && <SimulatedNote />}
      {isFirst && <FirstVisit onImport={() => setImporting(true)} />}
      {!isFirst && (
        <div className={cx('grid items-start gap-x-8 gap-y-4', hasFolders && 'md:grid-cols-[12rem_minmax(0,1fr)]')}>
          {hasFolders && <FolderSide chosen={wish.folder} onChoose={(folder) => change({ folder })} onDrop={move} />}
          <div className="grid min-w-0 gap-4">
            {!items && !list.error && <SkeletonRows rows={2} className="h-60" />}
            {selection.ids.length > 0 && (
              <SelectionBar
                count={selection.ids.length}
                busy={isPending}
                onMove={(folderId) => move(selection.ids, folderId)}
                onClear={selection.clear}
              />
            )}
            {items?.length === 0 && !list.isPlaceholderData && (
              <NothingFits wish={wish} onShowAll={() => change({ search: '', folder: null })} />
            )}
            {items && items.length > 0 && (
              <ul className={cx('grid gap-3 sm:grid-cols-2', !hasFolders && 'lg:grid-cols-3')}>
                {items.map((workflow) => (
                  <WorkflowCard
                    key={workflow.id}
                    workflow={workflow}
                    runs={runsOf(workflow.id)}
                    choice={selection.of(workflow.id)}
                    dragged={selection.with(workflow.id)}
                    onMove={(folderId) => move([workflow.id], folderId)}
                  />
                ))}
              </ul>
            )}
            {list.hasNextPage && (
              <Button
                busy={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
                className="justify-self-center"
              >
                Show more
              </Button>
            )}
          </div>
        </div>
      )}
      {items && items.length > 0 && isPlain && (
        <div className="border-line mt-4 border-t pt-6">
          <GalleryRow title="From the gallery" />
        </div>
      )}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  )
}

type ToolsProps = { wish: Wish; hasFolders: boolean; onChange: (part: Partial<Wish>) => void; onImport: () => void }

const Tools = ({ wish, hasFolders, onChange, onImport }: ToolsProps) => (
  <>
    <SearchBox
      label="Search workflows"
      value={wish.search}
      onChange={(search) => onChange({ search })}
      className="w-full sm:w-52"
    />
    <select
      aria-label="Sort by"
      value={wish.sort}
      onChange={(event) => onChange({ sort: event.target.value as Sort })}
      className="control h-9 px-2.5 pr-8 max-sm:grow max-sm:basis-52 text-[16px] md:text-sm"
    >
      {Object.entries(sorts).map(([sort, words]) => (
        <option key={sort} value={sort}>
          {words}
        </option>
      ))}
    </select>
    {!hasFolders && <FirstFolder onMade={(folder) => onChange({ folder })} />}
    <Button icon={<FileUp size={16} aria-hidden />} onClick={onImport} className="max-sm:grow">
      Import a workflow
    </Button>
    <NewWorkflowButton className="max-sm:grow" />
  </>
)
