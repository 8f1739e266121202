'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC, useTRPCClient } from '@/components/api/trpc'

type Take = { open: 'builder' | 'run'; instead?: string | null }

/** Copies a template into the workspace and opens it in the builder; `run` also asks for what it starts with. */
export function useTemplateCopy({ open, instead = null }: Take) {
  const router = useRouter()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const copy = useMutation(
    trpc.templates.use.mutationOptions({
      onSuccess: async ({ workflowId }) => {
        if (instead !== null) await dropIfEmpty(client, instead)
        void queryClient.invalidateQueries(trpc.workflows.pathFilter())
        router.push(`/workflows/${workflowId}${open === 'run' ? '?run' : ''}`)
      },
    }),
  )
  return {
    isBusy: copy.isPending || copy.isSuccess,
    take: (id: string) => copy.mutate({ id }),
  }
}

/** Somebody began with an empty canvas and then took a template: the empty one would only lie around. */
async function dropIfEmpty(client: ReturnType<typeof useTRPCClient>, id: string): Promise<void> {
  try {
    const { name, graph, publishedVersion } = await client.workflows.get.query({ id })
    const isUntouched = name === 'Untitled' && graph.nodes.length === 0 && publishedVersion === null
    if (isUntouched) await client.workflows.delete.mutate({ id })
  } catch {
    // It stays, and can be deleted by hand.
  }
}
