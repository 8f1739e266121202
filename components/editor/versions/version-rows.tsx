'use client'
import { problemOf } from '@/components/api/problem'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { useVersions } from './use-versions'

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
            <span className="text-ink-faint text-xs">What you build at the moment</span>
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
