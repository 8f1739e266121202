'use client'
import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { CodeBlock } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'
import { isLoopback } from './loopback'

type Props = { url: string; kind: 'run' | 'workflow'; origins: readonly string[]; onClose: () => void }

/** The address is shown this once: only a hash of it is kept. */
export function MadeLink({ url, kind, origins, onClose }: Props) {
  return (
    <Dialog open wide title="The link" onClose={onClose}>
      <div className="bg-sunken border-line rounded-control flex items-center gap-2 border py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 overflow-x-auto font-mono text-sm whitespace-nowrap">{url}</code>
        <CopyButton text={url} label="Copy the link" />
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label="Open the link in another tab"
          className="text-ink-soft hover:bg-hover grid size-8 shrink-0 place-items-center rounded-control"
        >
          <ExternalLink size={16} aria-hidden />
        </a>
      </div>
      {isLoopback(url) && (
        <Notice tone="waiting" title="Only this computer can open it">
          Set <code>BATON_PUBLIC_URL</code> to the address at which others reach this server to share it with them.
        </Notice>
      )}
      <p className="text-ink-soft text-sm">
        Copy it now: Baton keeps only its fingerprint and can not show it again.
        {kind === 'run' && ' A run that is still going is followed live.'} Take it back at any time under{' '}
        <Link href="/shares" className="text-accent underline">
          Shared
        </Link>
        .
      </p>
      {origins.length > 0 && (
        <section className="grid gap-1.5">
          <div className="flex items-center justify-between">
            <h3 className="text-sm font-medium">In a page of {origins.join(', ')}</h3>
            <CopyButton text={frameFor(url)} label="Copy the frame" />
          </div>
          <CodeBlock text={frameFor(url)} className="text-xs" />
        </section>
      )}
      <DialogActions>
        <Button tone="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}

export const frameFor = (url: string): string =>
  `<iframe src="${url}/embed" width="100%" height="640" style="border: 0" loading="lazy" title="A run in Baton"></iframe>`
