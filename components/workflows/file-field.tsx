'use client'
import { useState } from 'react'
import { StoredFile, uploadFile } from '@/components/api/upload-file'
import { Field } from '@/components/ui/field'

type Props = {
  label: string
  required: boolean
  error: string | undefined
  value: string
  onChange: (value: string) => void
}

/** Sends the file at once; the form holds what the server calls it. */
export function FileField({ label, required, error, value, onChange }: Props) {
  const [state, setState] = useState<{ status: 'idle' | 'sending' } | { status: 'failed'; detail: string }>({
    status: 'idle',
  })
  const stored = StoredFile.safeParse(value === '' ? null : JSON.parse(value))
  const send = async (file: File) => {
    setState({ status: 'sending' })
    try {
      onChange(JSON.stringify(await uploadFile(file)))
      setState({ status: 'idle' })
    } catch (failure) {
      setState({ status: 'failed', detail: failure instanceof Error ? failure.message : 'The file could not be sent.' })
    }
  }
  const hint = state.status === 'sending' ? 'Sending…' : stored.success ? `Sent: ${stored.data.name}` : undefined
  return (
    <Field label={label} required={required} error={state.status === 'failed' ? state.detail : error} hint={hint}>
      {(wiring) => (
        <input
          {...wiring}
          type="file"
          className="control file:bg-hover file:text-ink w-full p-1.5 text-sm file:mr-3 file:h-8 file:rounded-control file:border-0 file:px-3"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void send(file)
          }}
        />
      )}
    </Field>
  )
}
