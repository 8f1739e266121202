'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { plural } from '@/components/ui/format'
import { toastDone } from '@/components/ui/toast'

export function useFolders() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.folders.list.queryOptions({}))
  return { folders: data?.items ?? [], withoutFolder: data?.withoutFolder ?? 0, isThere: data !== undefined }
}

/** Puts workflows into a folder (null: into none) and says so. */
export function useMove(onMoved: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { folders } = useFolders()
  const { mutate, isPending } = useMutation(
    trpc.folders.move.mutationOptions({
      onSuccess: ({ moved }, { folderId }) => {
        const name = folders.find(({ id }) => id === folderId)?.name
        toastDone(`${plural(moved, 'workflow')} moved ${name === undefined ? 'out of any folder' : `to ${name}`}.`)
        onMoved()
        refresh(queryClient, trpc)
      },
    }),
  )
  return {
    move: (workflowIds: readonly string[], folderId: string | null) =>
      mutate({ workflowIds: [...workflowIds], folderId }),
    isPending,
  }
}

export function refresh(queryClient: ReturnType<typeof useQueryClient>, trpc: ReturnType<typeof useTRPC>): void {
  void queryClient.invalidateQueries(trpc.folders.pathFilter())
  void queryClient.invalidateQueries(trpc.workflows.pathFilter())
}
