'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link2Off } from 'lucide-react'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { Badge } from '@/components/ui/badge'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'
import { RelativeTime } from '@/components/ui/time'
import { toastDone } from '@/components/ui/toast'
import type { ShareInclude } from '@/engine/share/options'
import type { ShareView } from '@/server/shares/share-view'

/** One link: what it shows of what, who made it, who looked. */
export function ShareRow({ share }: { share: ShareView }) {
  const { kind, name, options, createdBy, createdAt, expiresAt, state, views, lastViewedAt } = share
  const href = share.runId !== null ? `/runs/${share.runId}` : `/workflows/${share.workflowId}`
  return (
    <li className="border-line flex items-center gap-3 border-b py-2.5 pr-2 pl-4 last:border-b-0">
      <div className={cx('grid min-w-0 flex-1 gap-0.5', state !== 'open' && 'opacity-70')}>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link href={href} className="hover:text-accent font-medium break-words">
            {name}
          </Link>
          <Badge>{kind === 'run' ? 'Run' : 'Workflow'}</Badge>
          {state === 'revoked' && <Badge tone="failed">Taken back</Badge>}
          {state === 'expired' && <Badge tone="waiting">Expired</Badge>}
          {share.hasPassword && <Badge>Password</Badge>}
          {share.embedOrigins.length > 0 && <Badge>In {share.embedOrigins.join(', ')}</Badge>}
        </p>
        <p className="text-ink-soft text-sm">{shownWords(options, kind)}</p>
        <p className="text-ink-faint flex flex-wrap gap-x-4 text-sm">
          <span>
            Made <RelativeTime at={createdAt} />
            {createdBy !== null && ` by ${createdBy}`}
          </span>
          {state === 'open' && (
            <span>
              {expiresAt === null ? (
                'Does not end'
              ) : (
                <>
                  Ends <RelativeTime at={expiresAt} />
                </>
              )}
            </span>
          )}
          <span>
            {views === 0 ? (
              'Not opened yet'
            ) : (
              <>
                {plural(views, 'view')}, last <RelativeTime at={lastViewedAt} />
              </>
            )}
          </span>
        </p>
      </div>
      {state === 'open' && <Revoke share={share} />}
    </li>
  )
}

function Revoke({ share: { id, name } }: { share: ShareView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const revoke = useMutation(
    trpc.shares.revoke.mutationOptions({
      onSuccess: () => {
        toastDone('The link is taken back.')
        void queryClient.invalidateQueries(trpc.shares.list.pathFilter())
      },
    }),
  )
  return (
    <ConfirmButton
      label={`Take back the link to ${name}`}
      icon={<Link2Off size={16} aria-hidden />}
      title="Take this link back?"
      action="Take it back"
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate({ id })}
    >
      Whoever has it sees nothing any more, also those who look at it right now. It can not be brought back; a new link
      has another address.
    </ConfirmButton>
  )
}

const words: Record<keyof ShareInclude, string> = {
  outputs: 'results',
  timeline: 'timeline',
  input: 'input',
  prompts: 'prompts',
  toolArguments: 'tool arguments',
  costs: 'costs',
}
const ofWorkflows: ReadonlySet<string> = new Set(['input', 'prompts', 'toolArguments', 'costs'])

/** `Shows results, timeline; personal data masked; 2 nodes hidden` */
export function shownWords({ include, mask, hide }: ShareView['options'], kind: ShareView['kind']): string {
  const shown = (Object.keys(words) as (keyof ShareInclude)[])
    .filter((name) => include[name] && (kind === 'run' || ofWorkflows.has(name)))
    .map((name) => words[name])
  return [
    shown.length === 0 ? 'Shows the graph only' : `Shows ${shown.join(', ')}`,
    mask ? 'personal data masked' : 'personal data not masked',
    ...(hide.length === 0 ? [] : [`${plural(hide.length, 'node')} hidden`]),
  ].join('; ')
}
