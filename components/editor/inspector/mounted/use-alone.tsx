'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useEditor } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'
import type { JsonObject } from '@/engine/json'
import { own } from '@/engine/json'
import { canRunAlone } from '@/engine/kind/spec'
import { specs } from '@/nodes/registry/specs'
import type { InspectorAction } from '../inspector-context'
import type { AloneProps } from '../sections/alone-section'
import { AloneRun } from './alone-run'

/** The last run alone of each node, kept as long as the workflow is open. */
const lastRuns = new WeakMap<Editor, Map<string, string>>()

function runsOf(editor: Editor): Map<string, string> {
  const runs = lastRuns.get(editor) ?? new Map<string, string>()
  lastRuns.set(editor, runs)
  return runs
}

type Refused = { node: string; why: string }

/** Runs a node by itself, as the server has it: what was changed here is saved before. Null: it can't be. */
export function useAlone(id: string, kind: string, onAction: (action: InspectorAction) => void): AloneProps | null {
  const editor = useEditor()
  const trpc = useTRPC()
  const [starting, setStarting] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const start = useMutation(trpc.runs.startAlone.mutationOptions())
  const spec = own(specs, kind)
  if (spec === undefined || !canRunAlone(spec)) return null
  const refuse = (why: string) => setRefused({ node: id, why })
  const run = async (given: JsonObject) => {
    setStarting(id)
    setRefused(null)
    try {
      if (!(await editor.saver.flush())) return refuse('The draft could not be saved, and only what is saved can run.')
      const { id: runId } = await start.mutateAsync({ id: editor.workflowId, node: id, given })
      runsOf(editor).set(id, runId)
    } catch (error) {
      const { detail, problems } = problemOf(error)
      refuse(problems.map(({ message }) => message).join(' ') || detail)
    } finally {
      setStarting(null)
    }
  }
  const runId = runsOf(editor).get(id)
  return {
    run: (given) => void run(given),
    busy: starting === id,
    refusal: refused?.node === id ? refused.why : null,
    result: runId === undefined ? null : <AloneRun key={runId} runId={runId} node={id} onAction={onAction} />,
  }
}
