'use client'
import { CommandsDialog } from '@/components/editor/commands/commands-dialog'
import { ConnectDialog } from '@/components/editor/commands/connect-dialog'
import { PasteDialog } from '@/components/editor/commands/paste-dialog'
import { ShortcutsDialog } from '@/components/editor/commands/shortcuts-dialog'
import { RunAny } from '@/components/editor/running/run-any'
import { ConflictDialog } from '@/components/editor/saving/conflict-dialog'
import { useEditor } from '@/components/editor/store/context'
import type { OpenDialog as Kind } from '@/components/editor/store/types'
import { TemplateDialog } from '@/components/gallery/template-dialog'
import { ShareDialog } from '@/components/share/share-dialog'
import { PublishDialog } from '@/components/workflows/publish-dialog'

type Props = { dialog: NonNullable<Kind>; onClose: () => void }

export function OpenDialog({ dialog, onClose: close }: Props) {
  const editor = useEditor()
  switch (dialog) {
    case 'commands':
      return <CommandsDialog onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'connect':
      return <ConnectDialog onClose={close} />
    case 'paste':
      return <PasteDialog onClose={close} />
    case 'conflict':
      return <ConflictDialog onClose={close} />
    case 'publish':
      return <PublishDialog id={editor.workflowId} onClose={close} />
    case 'share':
      return <ShareDialog subject={{ kind: 'workflow', id: editor.workflowId }} onClose={close} />
    case 'template':
      return <TemplateDialog id={null} graph={editor.store.getState().graph} onClose={close} />
    case 'run':
      return <RunAny onClose={close} />
  }
}
