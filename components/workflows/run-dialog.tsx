'use client'
import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { z } from 'zod'
import { problemOf, sentenceAt } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { Graph } from '@/engine/graph/schema'
import { InputField } from '@/engine/input'
import { type Draft, emptyDraft, readDraftValues, typedOver } from './field-values'
import { FieldsForm } from './fields-form'
import { keepLastValues, readLastValues } from './last-values'
import { ProblemList } from './problem-list'

type Version = number | 'draft'
type Props = {
  workflowId: string
  graph: Graph
  version: Version
  onClose: () => void
  /** Above the form: what else can be run. */
  choice?: ReactNode
  /** What to do with the new run instead of opening its page. */
  onStarted?: (runId: string) => void
}

const Fields = z.array(InputField)

/** The fields a run starts with, as the graph's input node asks for them. */
export function inputFields(graph: Graph): InputField[] {
  const node = graph.nodes.find(({ kind }) => kind === 'input')
  return Fields.safeParse(node?.config.fields).data ?? []
}

export function RunDialog({ workflowId, graph, version, choice, onClose, onStarted }: Props) {
  const fields = useMemo(() => inputFields(graph), [graph])
  const [draft, setDraft] = useDraft(workflowId, graph, fields)
  const [typos, setTypos] = useState<{ readonly [name: string]: string }>({})
  const router = useRouter()
  const trpc = useTRPC()
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => {
        keepLastValues(workflowId, fields, draft)
        if (!onStarted) return router.push(`/runs/${id}`)
        onStarted(id)
        onClose()
      },
    }),
  )
  const isAboutThis = start.variables?.version === version
  const problem = start.error && isAboutThis ? problemOf(start.error) : null
  const refused = Object.fromEntries(
    fields.flatMap(({ name }) => {
      const sentence = sentenceAt(problem, `input.${name}`)
      return sentence === undefined ? [] : [[name, sentence]]
    }),
  )
  const elsewhere = problem?.problems.filter(({ path }) => !fields.some(({ name }) => path === `input.${name}`)) ?? []

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const reading = readDraftValues(fields, draft)
    setTypos(reading.ok ? {} : reading.problems)
    if (reading.ok) start.mutate({ id: workflowId, version, input: reading.values })
  }
  return (
    <Dialog open title={`Run ${graph.name}`} onClose={onClose}>
      <form onSubmit={submit} onKeyDown={sendWithKeys} noValidate className="grid gap-4">
        {choice}
        {fields.length === 0 && (
          <p className="text-ink-soft text-sm">This workflow asks for nothing. It can start right away.</p>
        )}
        <FieldsForm fields={fields} draft={draft} problems={{ ...refused, ...typos }} onChange={setDraft} />
        {problem && (
          <Notice tone="failed" title={problem.detail}>
            {elsewhere.length > 0 && <ProblemList problems={elsewhere} />}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            busy={start.isPending || start.isSuccess}
            icon={<Play size={16} aria-hidden />}
          >
            Run {version === 'draft' ? 'the draft' : `version ${version}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** Enter makes a new line in a long text. */
function sendWithKeys(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** What was typed stays when another version, with other fields, is chosen. */
function useDraft(workflowId: string, graph: Graph, fields: readonly InputField[]) {
  const [typed, setTyped] = useState<Draft>({})
  const first: Draft = useMemo(
    () => ({ ...emptyDraft(fields), ...sampleOf(graph, fields), ...readLastValues(workflowId, fields) }),
    [workflowId, graph, fields],
  )
  const draft = { ...first, ...typedOver(first, typed) }
  const set = (next: Draft) => {
    const changed = Object.entries(next).filter(([name, value]) => value !== draft[name])
    setTyped({ ...typed, ...Object.fromEntries(changed) })
  }
  return [draft, set] as const
}

/** A template brings an example along; it saves thinking of one. */
function sampleOf(graph: Graph, fields: readonly InputField[]) {
  const sample = graph.template?.sampleInput ?? {}
  const known = fields.flatMap((field) => {
    const value = sample[field.name]
    return value === undefined ? [] : [{ ...field, default: value }]
  })
  return emptyDraft(known)
}
