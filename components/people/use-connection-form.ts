'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf, sentenceAt } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { toastDone } from '@/components/ui/toast'
import type { ConnectionView } from '@/server/connections/connection-view'
import type { Suggestion } from './connection-test'
import { presets } from './endpoint-presets'

export type Stored = ConnectionView & { id: string }

/** What is typed about a connection, and what can be done with it: try it out, keep it. */
export function useConnectionForm(connection: Stored | null, onSaved: () => void) {
  const [fields, setFields] = useState({
    name: connection?.name ?? '',
    baseUrl: connection?.baseUrl ?? '',
    key: '',
    models: connection?.models.join(', ') ?? '',
  })
  const set = (change: Partial<typeof fields>) => setFields((before) => ({ ...before, ...change }))
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    meta: { shown: true },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.connections.pathFilter())
      toastDone(`${fields.name} is saved.`)
      onSaved()
    },
  }
  const create = useMutation(trpc.connections.create.mutationOptions(options))
  const change = useMutation(trpc.connections.change.mutationOptions(options))
  const test = useMutation(trpc.connections.test.mutationOptions({ meta: { shown: true } }))
  const failure = create.error ?? change.error ?? test.error
  const problem = failure ? problemOf(failure) : null
  const endpoint = {
    baseUrl: fields.baseUrl.trim(),
    models: listOf(fields.models),
    ...(fields.key !== '' && { key: fields.key.trim() }),
  }

  return {
    fields,
    set,
    problem,
    at: (path: string) => sentenceAt(problem, path),
    /** A name that somebody typed stays; one of a preset goes with it. */
    choosePreset: (id: string) => {
      const preset = presets.find((one) => one.id === id)
      const isOurs = fields.name === '' || presets.some(({ title }) => title === fields.name)
      set({ baseUrl: preset?.baseUrl ?? '', ...(preset && isOurs && { name: preset.title }) })
      test.reset()
    },
    takeSuggestion: (suggestion: Suggestion) => {
      set('baseUrl' in suggestion ? { baseUrl: suggestion.baseUrl } : { models: suggestion.model })
      test.reset()
    },
    test: { ...test, start: () => test.mutate({ ...endpoint, ...(connection && { id: connection.id }) }) },
    isSaving: create.isPending || change.isPending,
    save: () => {
      const all = { name: fields.name.trim(), ...endpoint }
      if (connection) change.mutate({ id: connection.id, ...all })
      else create.mutate(all)
    },
  }
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
