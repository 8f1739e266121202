'use client'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { AccessFields } from './access-fields'
import { IncludeFields } from './include-fields'
import { MadeLink } from './made-link'
import { newForm, readForm, type ShareForm } from './share-form'
import { SharePreview } from './share-preview'
import { type ShareSubject, useMakeShare } from './use-share'

type Props = { subject: ShareSubject; onClose: () => void }

/** What leaves with a link is chosen and looked at before the link exists. */
export function ShareDialog({ subject, onClose }: Props) {
  const [form, setForm] = useState(newForm)
  const make = useMakeShare(subject)
  const { options, problems } = readForm(form)
  const change = (part: Partial<ShareForm>) => setForm((before) => ({ ...before, ...part }))
  if (make.data) {
    return <MadeLink url={make.data.url} kind={subject.kind} origins={options.embedOrigins ?? []} onClose={onClose} />
  }
  return (
    <Dialog
      open
      wide="full"
      title={subject.kind === 'run' ? 'Share this run' : 'Share this workflow'}
      onClose={onClose}
    >
      <p className="text-ink-soft -mt-2 text-sm">
        Whoever has the link sees what you choose here and nothing else. They need no account and can change nothing.
      </p>
      <form
        noValidate
        className="grid gap-x-6 gap-y-5 lg:grid-cols-[20rem_minmax(0,1fr)]"
        onSubmit={(event) => {
          event.preventDefault()
          if (Object.keys(problems).length === 0) make.mutate(options)
        }}
      >
        <div className="grid content-start gap-5">
          <IncludeFields kind={subject.kind} form={form} change={change} />
          <AccessFields form={form} problems={problems} change={change} />
        </div>
        <SharePreview subject={subject} form={form} change={change} />
        <div className="bg-surface border-line sticky -bottom-4 -mx-4 border-t px-4 pt-2 pb-4 md:-bottom-5 md:-mx-5 md:px-5 lg:col-span-2">
          {make.error && <Notice tone="failed">{problemOf(make.error).detail}</Notice>}
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" tone="primary" busy={make.isPending} disabled={Object.keys(problems).length > 0}>
              Make the link
            </Button>
          </DialogActions>
        </div>
      </form>
    </Dialog>
  )
}
