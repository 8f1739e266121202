'use client'
import { useMutation } from '@tanstack/react-query'
import { GitFork } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { dropAddress } from '@/components/run/replay/address'
import { useRunPlace } from '@/components/run/run-place'
import type { NodeEntry } from '@/components/run/run-tree'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Segmented } from '@/components/ui/segmented'
import { ProblemList } from '@/components/workflows/problem-list'
import { inputFields } from '@/components/workflows/run-dialog'
import { ConfigChange } from './config-change'
import { type ForkChange, type ForkStart, forkPlan, textsOf } from './fork-plan'
import { InputChange } from './input-change'
import { OutputChange } from './output-change'

type Props = { start: ForkStart; title: string; entry: NodeEntry | null; onClose: () => void }
type Kind = ForkChange['type']

/** A new run out of this one: what is taken over, and what is different. */
export function ForkDialog({ start, title, entry, onClose }: Props) {
  const { runId: id, graph } = useRunPlace()
  const [kind, setKind] = useState<Kind>('nothing')
  const [change, setChange] = useState<ForkChange>({ type: 'nothing' })
  const [typo, setTypo] = useState<string | null>(null)
  const router = useRouter()
  const trpc = useTRPC()
  const fork = useMutation(
    trpc.runs.fork.mutationOptions({
      meta: { shown: true },
      onSuccess: (run) => {
        dropAddress()
        router.push(`/runs/${run.id}`)
      },
    }),
  )
  const problem = fork.error ? problemOf(fork.error) : null
  const send = () => {
    const plan = forkPlan(start, change.type === kind ? change : { type: 'nothing' })
    setTypo(plan.ok ? null : plan.problem)
    if (plan.ok) fork.mutate({ id, ...plan.body } as Parameters<typeof fork.mutate>[0])
  }
  const choices = choicesFor(entry, inputFields(graph).length > 0)
  return (
    <Dialog open wide title={title} onClose={onClose}>
      <div className="grid gap-4">
        <p className="text-ink-soft text-sm">{aboutOf(start)}</p>
        <Segmented
          label="What is different"
          value={kind}
          choices={choices}
          onChange={(next) => setKind(next as Kind)}
        />
        {kind === 'input' && <InputChange onChange={setChange} />}
        {kind === 'output' && entry && <OutputChange entry={entry} onChange={setChange} />}
        {kind === 'config' && entry && <ConfigChange node={entry.node} onChange={setChange} />}
        {typo !== null && <Notice tone="failed">{typo}</Notice>}
        {problem && (
          <Notice tone="failed" title={problem.detail}>
            {problem.problems.length > 0 && <ProblemList problems={problem.problems} />}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={fork.isPending || fork.isSuccess}
            icon={<GitFork size={16} aria-hidden />}
            onClick={send}
          >
            Start the fork
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}

function choicesFor(entry: NodeEntry | null, hasInput: boolean): { value: Kind; label: string }[] {
  const hasTexts = entry !== null && Object.keys(textsOf(entry.node)).length > 0
  return [
    { value: 'nothing', label: 'Just again' },
    ...(hasTexts ? [{ value: 'config', label: 'Other words' } as const] : []),
    ...(entry?.state?.status === 'completed' ? [{ value: 'output', label: 'Another answer' } as const] : []),
    ...(hasInput ? [{ value: 'input', label: 'Another input' } as const] : []),
  ]
}

const aboutOf = (start: ForkStart): string =>
  start.type === 'moment'
    ? `A new run takes over everything up to event ${start.seq}, without doing or paying for it again, and goes on from there.`
    : `A new run takes over what was done, except ${whatOf(start)} and what depends on it.`

/** In a box a node is done again for all items, in a team from its first turn on. */
const whatOf = ({ path, node }: ForkStart & { type: 'node' }): string => {
  const name = node.name ?? node.id
  if (path === node.id) return name
  return /#\d+$/.test(path) ? `all turns of ${name}` : `all items of ${name}`
}
