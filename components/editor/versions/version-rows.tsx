'use client'
import { useDeferredValue, useMemo } from 'react'
import { problemOf } from '@/components/api/problem'
import { useEditorState } from '@/components/editor/store/context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { compareGraphs } from './compare-graphs'
import { useVersion, useVersions } from './use-versions'

type Props = { chosen: number | null; onChoose: (version: number | null) => void }

/** The draft, and below it everything that was published. */
export function VersionRows({ chosen, onChoose }: Props) {
  const { list, versions } = useVersions()
  return (
    <>
      <ul aria-label="Versions" className="grid gap-0.5 p-2">
        <li>
          <Row isChosen={chosen === null} onClick={() => onChoose(null)}>
            <span className="font-medium">Draft</span>
            <span className="text-ink-faint text-xs">
              <DraftLine newest={versions[0]?.version ?? null} />
            </span>
          </Row>
        </li>
        {versions.map(({ version, note, createdAt, createdBy }, index) => (
          <li key={version}>
            <Row isChosen={chosen === version} onClick={() => onChoose(version)}>
              <span className="flex w-full items-center gap-2">
                <span className="flex-1 font-medium">Version {version}</span>
                {index === 0 && (
                  <Badge title="Runs use the newest version unless they are told otherwise.">in use</Badge>
                )}
              </span>
              {note !== null && <span className="text-ink-soft line-clamp-3 w-full break-words">{note}</span>}
              <span className="text-ink-faint w-full truncate text-xs">
                {createdBy !== null && `${createdBy} · `}
                <RelativeTime at={createdAt} />
              </span>
            </Row>
          </li>
        ))}
      </ul>
      {list.isPending && <SkeletonRows rows={2} />}
      {list.error && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {list.isSuccess && versions.length === 0 && (
        <p className="text-ink-soft px-4 py-3">
          Nothing is published yet. Publish the draft to give it a version that never changes.
        </p>
      )}
      {list.hasNextPage && (
        <div className="grid p-2">
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

/** Is there something that is not published yet? */
function DraftLine({ newest }: { newest: number | null }) {
  const draft = useDeferredValue(useEditorState(({ graph }) => graph))
  const published = useVersion(newest).data?.graph
  const differs = useMemo(() => {
    if (!published) return null
    const { nodes, edges, properties } = compareGraphs(published, draft)
    return nodes.length + edges.added.length + edges.removed.length + properties.length > 0
  }, [published, draft])
  if (newest === null || differs === null) return 'What you build at the moment'
  return differs ? `Changed since version ${newest}` : `The same as version ${newest}`
}

type RowProps = { isChosen: boolean; onClick: () => void; children: React.ReactNode }
const Row = ({ isChosen, onClick, children }: RowProps) => (
  <button
    type="button"
    aria-current={isChosen || undefined}
    onClick={onClick}
    className={cx(
      'rounded-control grid w-full justify-items-start gap-0.5 px-2.5 py-2 text-left transition-colors',
      isChosen ? 'bg-accent-tint' : 'hover:bg-hover',
    )}
  >
    {children}
  </button>
)
