'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { useTRPC, useTRPCClient } from '@/components/api/trpc'
import { Graph } from '@/engine/graph/schema'
import type { ShareOptions } from '@/engine/share/options'
import type { Projection } from '@/engine/share/projection'
import { type ShareForm, shownBy } from './share-form'

export type ShareSubject = { kind: 'run' | 'workflow'; id: string }

/** Makes the link. */
export function useMakeShare({ kind, id }: ShareSubject) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: (options: z.input<typeof ShareOptions>) =>
      kind === 'run'
        ? client.shares.shareRun.mutate({ ...options, id })
        : client.shares.shareWorkflow.mutate({ ...options, id }),
    onSuccess: () => void queryClient.invalidateQueries(trpc.shares.list.pathFilter()),
  })
}

const restMs = 250

/** What would leave as the form stands, made by the server the way the link would. Typing is not followed key by key. */
export function usePreview({ kind, id }: ShareSubject, form: ShareForm) {
  const client = useTRPCClient()
  const wanted = JSON.stringify(shownBy(form))
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), restMs)
    return () => clearTimeout(timer)
  }, [wanted])
  const query = useQuery({
    queryKey: ['share-preview', kind, id, asked],
    queryFn: async () => {
      const shown = JSON.parse(asked) as ReturnType<typeof shownBy>
      const projection = (await (kind === 'run'
        ? client.shares.previewRun.mutate({ ...shown, id })
        : client.shares.previewWorkflow.mutate({ ...shown, id }))) as unknown as Projection
      return { ...projection, graph: Graph.parse(projection.graph) }
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  return { ...query, isBehind: asked !== wanted || query.isPlaceholderData }
}
