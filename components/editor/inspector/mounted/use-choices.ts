'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { builtInTools } from '@/engine/tools/built-in'
import type { InspectorContext } from '../inspector-context'
import { modelChoices } from './model-choices'

const staleTime = 60_000
const pageSize = 100

/** What can be chosen from in this workspace. A list that can't be read leaves its pickers to typing. */
export function useChoices(): Pick<InspectorContext, 'tools' | 'models' | 'workflows' | 'secrets'> {
  const trpc = useTRPC()
  const connections = useQuery(trpc.connections.list.queryOptions({}, { staleTime })).data
  const aliases = useQuery(trpc.connections.aliases.queryOptions({}, { staleTime })).data
  const secrets = useQuery(trpc.secrets.list.queryOptions({ limit: pageSize }, { staleTime })).data
  const workflows = useQuery(trpc.workflows.list.queryOptions({ limit: pageSize }, { staleTime })).data
  return useMemo(
    () => ({
      tools: builtInTools,
      models: modelChoices(connections?.items ?? [], aliases?.aliases ?? {}),
      workflows: (workflows?.items ?? []).map(({ slug, name, publishedVersion }) => ({
        slug,
        name,
        version: publishedVersion,
      })),
      secrets: (secrets?.items ?? []).map(({ name }) => name),
    }),
    [connections, aliases, workflows, secrets],
  )
}
