'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { useEditor } from '@/components/editor/store/context'

/** Tells the editor what it can't see in the graph: the names that mean something here, and whether there is a version. */
export function WorkspaceFacts() {
  const { store, workflowId: id } = useEditor()
  const trpc = useTRPC()
  const connections = useQuery(trpc.connections.list.queryOptions({}, { staleTime: 60_000 })).data
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id, limit: 1 })).data
  useEffect(() => {
    if (connections) store.setState({ connections: connections.items.map(({ name }) => name) })
  }, [store, connections])
  useEffect(() => {
    if (versions) store.setState({ published: versions.items[0]?.version ?? null })
  }, [store, versions])
  return null
}
