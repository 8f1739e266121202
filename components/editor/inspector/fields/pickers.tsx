'use client'
import { Picker, type PickerOption } from '@/components/ui/picker'
import type { Json } from '@/engine/json'
import type { InspectorScope } from '../inspector-scope'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame } from './field-frame'
import type { FieldProps } from './field-props'
import { priceWords } from './price-words'
import { RiskBadge } from './risk-badge'

export type PickedType = 'model' | 'role' | 'workflow' | 'member' | 'tool'

type Source = { options: readonly PickerOption[]; placeholder: string; clear?: string; free: boolean }

/** A name out of those there are. */
export function PickerField({ field, place, actions, type }: FieldProps & { type: PickedType }) {
  const inspector = useInspector()
  const { value, write } = useValue(place)
  const { options, placeholder, free, clear = placeholder } = sources[type](inspector)
  const problems = problemsAt(inspector.problems, place)
  return (
    <FieldFrame {...field} problems={problems} actions={actions}>
      {({ id, describedBy, invalid }) => (
        <Picker
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          label={field.title}
          value={textOf(value)}
          options={options}
          placeholder={placeholder}
          free={free}
          clear={field.required || value === undefined ? undefined : clear}
          onPick={(picked) => write(picked === '' ? undefined : picked)}
        />
      )}
    </FieldFrame>
  )
}

const textOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

const sources: Readonly<Record<PickedType, (inspector: InspectorScope) => Source>> = {
  model: ({ context }) => ({
    placeholder: 'default',
    clear: 'None of its own',
    free: true,
    options: context.models.map((model) => ({
      value: model.name,
      label: model.name,
      note: [model.about, priceWords(model)].filter((word) => word !== '').join(' · '),
      group: model.type === 'alias' ? 'Names for models' : 'Models, dollars per million tokens',
    })),
  }),
  role: ({ context }) => ({
    placeholder: 'No role',
    free: false,
    options: Object.entries(context.roles).map(([name, role]) => ({
      value: name,
      label: name,
      ...(role.persona === undefined ? {} : { note: role.persona }),
    })),
  }),
  workflow: ({ context }) => ({
    placeholder: 'Choose a workflow',
    free: true,
    options: context.workflows.map(({ slug, name, version }) => ({
      value: slug,
      label: name,
      note: version === null ? `${slug} · not published yet` : `${slug} · version ${version}`,
    })),
  }),
  member: ({ graph, node }) => ({
    placeholder: 'The first member',
    free: false,
    options: graph.nodes
      .filter(({ parent, kind }) => parent === node.id && kind !== 'note')
      .map(({ id, name, kind }) => ({ value: id, label: name ?? id, note: `${id} · ${kind}` })),
  }),
  tool: ({ context }) => ({ placeholder: 'Choose a tool', free: true, options: context.tools.map(toolOption) }),
}

export const toolOption = ({
  name,
  title,
  description,
  risk,
}: InspectorScope['context']['tools'][number]): PickerOption => ({
  value: name,
  label: title,
  note: description,
  aside: <RiskBadge risk={risk} />,
  ...(name.startsWith('mcp/') ? { group: name.split('/')[1] ?? 'mcp' } : { group: 'Built in' }),
})
