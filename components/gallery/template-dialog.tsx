'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { SelectField, TextAreaField, TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { toastDone } from '@/components/ui/toast'
import { FieldsForm } from '@/components/workflows/fields-form'
import type { Graph } from '@/engine/graph/schema'
import { useTemplateForm } from './use-template-form'
import { type Difficulty, difficulties, difficultyWords } from './words'

type Props = {
  graph: Graph
  /** Of a template that is there already; null: a new one is made of the graph. */
  id: string | null
  onClose: () => void
}

const known = ['content', 'research', 'engineering', 'operations', 'support', 'decisions', 'business', 'people']

/** What people who choose from the gallery want to know of a team. */
export function TemplateDialog({ graph, id, onClose }: Props) {
  const form = useTemplateForm(graph)
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    meta: { shown: true },
    onSuccess: ({ name }: { name: string }) => {
      void queryClient.invalidateQueries(trpc.templates.pathFilter())
      toastDone(id === null ? `${name} is in the gallery, under Yours.` : `${name} is saved.`)
      onClose()
    },
  }
  const save = useMutation(trpc.templates.save.mutationOptions(options))
  const change = useMutation(trpc.templates.change.mutationOptions(options))
  const failure = save.error ?? change.error
  return (
    <Dialog open wide title={id === null ? 'Save as a template' : `Change ${graph.name}`} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const fields = form.read()
          if (fields === null) return
          if (id === null) save.mutate({ graph, ...fields })
          else change.mutate({ id, ...fields })
        }}
      >
        {id === null && (
          <p className="text-ink-soft text-sm">
            A copy of the team as it is now, for everybody in this workspace. Keys and connections stay behind: models
            that are named by a connection become the default one, and secrets are named only.
          </p>
        )}
        <Fields form={form} />
        {failure && <Notice tone="failed">{problemOf(failure).detail}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={save.isPending || change.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Fields({ form }: { form: ReturnType<typeof useTemplateForm> }) {
  const { typed, set, inputs, sample, setSample, problems } = form
  return (
    <>
      <TextField
        label="Name"
        required
        autoFocus
        maxLength={200}
        value={typed.name}
        error={typed.name.trim() === '' ? 'It needs a name.' : undefined}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label="What it is, in one sentence"
        value={typed.description}
        maxLength={2_000}
        onChange={(event) => set({ description: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label="Category"
          list="template-categories"
          maxLength={60}
          value={typed.category}
          onChange={(event) => set({ category: event.target.value })}
        />
        <datalist id="template-categories">
          {known.map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
        <TextField
          label="Tags"
          placeholder="writing, approval"
          value={typed.tags}
          onChange={(event) => set({ tags: event.target.value })}
        />
        <SelectField
          label="Difficulty"
          value={typed.difficulty}
          choices={difficulties.map((value) => ({ value, label: difficultyWords[value] }))}
          onChange={(event) => set({ difficulty: event.target.value as Difficulty })}
        />
      </div>
      <TextAreaField
        label="What it does, what it needs, what to change"
        rows={3}
        maxLength={2_000}
        value={typed.summary}
        onChange={(event) => set({ summary: event.target.value })}
      />
      {inputs.length > 0 && (
        <fieldset className="border-line rounded-card grid gap-4 border p-4">
          <legend className="px-1 text-sm font-semibold">A sample for the first run</legend>
          <FieldsForm fields={inputs} draft={sample} problems={problems} onChange={setSample} />
        </fieldset>
      )}
    </>
  )
}
