'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { QueryView } from '@/components/shell/query-view'
import { SelectField } from '@/components/ui/field'
import { Panel, PanelHeading } from '@/components/ui/panel'
import { toastDone } from '@/components/ui/toast'
import type { ConnectionView } from '@/server/connections/connection-view'

const aliases = ['default', 'fast', 'smart'] as const
type Alias = (typeof aliases)[number]

/** Graphs name models by these, so that a whole workspace moves to another one here. */
export function AliasForm({ connections }: { connections: readonly ConnectionView[] }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const current = useQuery(trpc.connections.aliases.queryOptions({}))
  const save = useMutation(
    trpc.connections.setAliases.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.connections.aliases.pathFilter())
        toastDone('Saved.')
      },
    }),
  )
  const first = connections[0]
  const standard = first ? `Standard (${first.name})` : 'Standard (simulated)'
  const targets = [
    ...connections.flatMap(({ name, models }) =>
      models.length === 0 ? [name] : models.map((model) => `${name}/${model}`),
    ),
    'simulated',
  ]
  return (
    <Panel>
      <PanelHeading title="Model names" />
      <div className="grid gap-4 p-4">
        <p className="text-ink-soft max-w-3xl text-sm">
          Agents ask for a model by one of these three names. Change what a name stands for, and every agent that uses
          it moves along.
        </p>
        <QueryView query={current}>
          {(data) => (
            <div className="grid gap-4 sm:grid-cols-3">
              {aliases.map((alias: Alias) => {
                const value = data.aliases[alias] ?? ''
                const known = value === '' || targets.includes(value) ? targets : [value, ...targets]
                return (
                  <SelectField
                    key={alias}
                    label={alias}
                    value={value}
                    disabled={save.isPending}
                    choices={[
                      { value: '', label: standard },
                      ...known.map((target) => ({ value: target, label: target })),
                    ]}
                    onChange={(event) => save.mutate({ aliases: withAlias(data.aliases, alias, event.target.value) })}
                  />
                )
              })}
            </div>
          )}
        </QueryView>
      </div>
    </Panel>
  )
}

type Aliases = Partial<Record<Alias, string>>

/** An empty target means the standard one, and that is what leaving it out says. */
function withAlias(before: Aliases, alias: Alias, target: string): Aliases {
  const { [alias]: _, ...others } = before
  return target === '' ? others : { ...others, [alias]: target }
}
