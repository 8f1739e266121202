'use client'
import { Rocket } from 'lucide-react'
import { publish } from '@/components/editor/actions/run-and-publish'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { WorkflowMenu } from '@/components/workflows/workflow-menu'
import { WorkflowSource } from '@/components/workflows/workflow-source'
import { useLooking } from './version-address'
import { VersionRows } from './version-rows'
import { VersionView } from './version-view'

/** What was published: to look at, to compare, to run, to go back to. */
export function VersionsTab({ onRestored }: { onRestored: () => void }) {
  const editor = useEditor()
  const [{ version, against }, look] = useLooking()
  return (
    <main className="flex min-h-0 flex-1 flex-col md:flex-row">
      <nav
        aria-label="History"
        className={cx(
          'bg-surface border-line min-h-0 overflow-auto md:block md:w-[280px] md:shrink-0 md:border-r',
          version === null ? 'max-h-[50%] border-b md:max-h-none md:border-b-0' : 'hidden',
        )}
      >
        <header className="border-line flex h-12 items-center justify-between border-b px-4">
          <h2 className="font-semibold">History</h2>
          <Button size="small" icon={<Rocket size={15} aria-hidden />} onClick={() => void publish(editor)}>
            Publish the draft
          </Button>
        </header>
        <VersionRows chosen={version} onChoose={(next) => look({ version: next, against })} />
      </nav>
      {version === null ? (
        <DraftFile />
      ) : (
        <VersionView
          version={version}
          against={against === version ? 'nothing' : against}
          onLook={look}
          onRestored={onRestored}
        />
      )}
    </main>
  )
}

/** The draft as it would be in a file. */
function DraftFile() {
  const { workflowId } = useEditor()
  const name = useEditorState(({ graph }) => graph.name)
  const revision = useEditorState(({ base }) => base.revision)
  return (
    <section aria-label="The draft as a file" className="min-h-0 min-w-0 flex-1 overflow-auto">
      <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-2 px-4 py-4">
        <header className="flex items-center justify-between">
          <h2 className="font-semibold">The draft as a file</h2>
          <WorkflowMenu id={workflowId} name={name} />
        </header>
        <WorkflowSource key={revision} id={workflowId} revision={revision} />
      </div>
    </section>
  )
}
