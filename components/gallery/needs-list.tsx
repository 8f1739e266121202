'use client'
import { useQuery } from '@tanstack/react-query'
import { Bot, CopyPlus, LockKeyhole, type LucideIcon, UserRound, Wrench } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTRPC } from '@/components/api/trpc'
import type { Graph } from '@/engine/graph/schema'
import { needsOf } from './needs'

type Props = { graph: Graph; copies: readonly { id: string; name: string }[] }

/** Everything that a run of it asks for, and what there is to do about it. */
export function NeedsList({ graph, copies }: Props) {
  const { models, secrets, tools, asksPeople } = needsOf(graph)
  return (
    <ul className="grid gap-3 text-sm">
      {models.length > 0 && (
        <Need Icon={Bot} title="Models">
          <Names names={models} />. <ModelNote />
        </Need>
      )}
      {secrets.length > 0 && (
        <Need Icon={LockKeyhole} title="Secrets">
          <Names names={secrets} />. Store them under <Way href="/secrets">Secrets</Way> before the first run.
        </Need>
      )}
      {tools.length > 0 && (
        <Need Icon={Wrench} title="Tools">
          <Names names={tools} />
        </Need>
      )}
      {asksPeople && (
        <Need Icon={UserRound} title="You">
          It stops and asks for a decision before it goes on.
        </Need>
      )}
      {copies.length > 0 && (
        <Need Icon={CopyPlus} title="Other workflows">
          {copies.map(({ name }) => name).join(', ')}. Copied and published along with it, unless you have them already.
        </Need>
      )}
    </ul>
  )
}

function ModelNote() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.connections.list.queryOptions({}))
  if (data === undefined) return null
  if (data.items.length > 0)
    return (
      <>
        Which ones these are is set under <Way href="/connections">Models</Way>.
      </>
    )
  return (
    <>
      None is connected, so the words are simulated. <Way href="/connections?connect">Connect a model</Way> to get real
      ones.
    </>
  )
}

type NeedProps = { Icon: LucideIcon; title: string; children: ReactNode }

const Need = ({ Icon, title, children }: NeedProps) => (
  <li className="flex gap-3">
    <Icon size={16} aria-hidden className="text-ink-faint mt-0.5 shrink-0" />
    <div className="min-w-0">
      <p className="font-medium">{title}</p>
      <p className="text-ink-soft break-words">{children}</p>
    </div>
  </li>
)

const Names = ({ names }: { names: readonly string[] }) =>
  names.map((name, index) => (
    <span key={name}>
      {index > 0 && ', '}
      <code className="font-mono text-xs">{name}</code>
    </span>
  ))

const Way = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="text-accent hover:text-accent-hover rounded-control underline">
    {children}
  </Link>
)
