'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'

const empty = { baton: 1, name: 'Untitled', nodes: [], edges: [] }

type Props = { tone?: 'primary' | 'plain'; className?: string }

/** An empty canvas, which then asks how to begin. */
export function NewWorkflowButton({ tone = 'primary', className }: Props) {
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const add = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.workflows.pathFilter())
        router.push(`/workflows/${id}`)
      },
    }),
  )
  return (
    <Button
      tone={tone}
      className={className}
      icon={<Plus size={16} aria-hidden />}
      busy={add.isPending || add.isSuccess}
      onClick={() => add.mutate({ graph: empty })}
    >
      New workflow
    </Button>
  )
}
