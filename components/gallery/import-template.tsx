'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { ImportForm } from '@/components/workflows/import-dialog'

/** A template from a file that somebody exported, here or elsewhere. */
export function ImportTemplate() {
  const [isOpen, setOpen] = useState(false)
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const add = useMutation(
    trpc.templates.save.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.templates.pathFilter())
        router.push(`/gallery/${id}`)
      },
    }),
  )
  return (
    <>
      <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Import a template
      </Button>
      {isOpen && <ImportForm title="Import a template" add={add} onClose={() => setOpen(false)} />}
    </>
  )
}
