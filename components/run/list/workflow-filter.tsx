'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { Picker } from '@/components/ui/picker'

type Props = { value: string | null; onChange: (workflow: string | null) => void }

export function WorkflowFilter({ value, onChange }: Props) {
  const trpc = useTRPC()
  const list = useQuery(trpc.workflows.list.queryOptions({ limit: 200, sort: 'name' }))
  const options = (list.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Picker
      label="Workflow"
      value={value ?? ''}
      options={options}
      placeholder="All workflows"
      clear="All workflows"
      onPick={(picked) => onChange(picked === '' ? null : picked)}
    />
  )
}
