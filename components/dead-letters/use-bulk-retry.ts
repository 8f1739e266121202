'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { plural } from '@/components/ui/format'
import { toastDone } from '@/components/ui/toast'
import type { DeadLetterView } from '@/server/dead-letters/dead-letter-view'
import type { Retried } from '@/server/dead-letters/retry-dead-letter'

export type BulkRetry = {
  group: DeadLetterView
  sent: number
  refused: Retried['refused']
  /** `stopped`: by the network or the server; what was sent stays sent. */
  status: { is: 'running' } | { is: 'done' } | { is: 'stopped'; why: string }
}

const perGo = 25

/** Sends all runs of a cause on their way, a part at a time, so that one sees how it goes on. */
export function useBulkRetry() {
  const [jobs, setJobs] = useState<readonly BulkRetry[]>([])
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { mutateAsync } = useMutation(trpc.deadLetters.retry.mutationOptions({ meta: { shown: true } }))

  const drop = (cause: string) => setJobs((before) => before.filter(({ group }) => group.cause !== cause))
  const put = (job: BulkRetry) =>
    setJobs((before) => [...before.filter(({ group }) => group.cause !== job.group.cause), job])

  const start = async (group: DeadLetterView) => {
    let job: BulkRetry = { group, sent: 0, refused: [], status: { is: 'running' } }
    put(job)
    try {
      for (let after: string | null | undefined; after !== null; ) {
        const went: Retried = await mutateAsync({ cause: group.cause, limit: perGo, ...(after && { after }) })
        job = { ...job, sent: job.sent + went.sent, refused: [...job.refused, ...went.refused] }
        put(job)
        after = went.next
      }
      put({ ...job, status: { is: 'done' } })
      if (job.refused.length === 0) {
        toastDone(`${plural(job.sent, 'run goes', 'runs go')} on.`)
        drop(group.cause)
      }
    } catch (error) {
      put({ ...job, status: { is: 'stopped', why: problemOf(error).detail } })
    }
    void queryClient.invalidateQueries(trpc.deadLetters.pathFilter())
  }
  return { jobs, start: (group: DeadLetterView) => void start(group), drop }
}
