'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { useEditor } from '@/components/editor/store/context'

/** The versions of the open workflow, the newest first. */
export function useVersions() {
  const { workflowId: id } = useEditor()
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.workflows.versions.infiniteQueryOptions({ id, limit: 30 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  return { list, versions: list.data?.pages.flatMap((page) => page.items) ?? [] }
}

/** A version never changes, so it is read once. */
export function useVersion(version: number | null) {
  const { workflowId: id } = useEditor()
  const trpc = useTRPC()
  return useQuery(
    trpc.workflows.version.queryOptions(
      { id, version: version ?? 1 },
      { enabled: version !== null, staleTime: Number.POSITIVE_INFINITY, select: withGraph },
    ),
  )
}
