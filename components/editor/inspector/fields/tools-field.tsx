'use client'
import { Trash2 } from 'lucide-react'
import { Picker } from '@/components/ui/picker'
import { isJsonObject, type Json } from '@/engine/json'
import { useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, ProblemLines, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { toolOption } from './pickers'
import { RiskBadge } from './risk-badge'

type Approval = 'autonomy' | 'always' | 'never'

const nameIn = (item: Json): string =>
  typeof item === 'string'
    ? item
    : isJsonObject(item) && typeof item.tool === 'string'
      ? item.tool
      : JSON.stringify(item)

const approvalIn = (item: Json): Approval =>
  isJsonObject(item) && (item.approval === 'always' || item.approval === 'never') ? item.approval : 'autonomy'

const itemOf = (tool: string, approval: Approval): Json => (approval === 'autonomy' ? tool : { tool, approval })

/** The tools of an agent, and for each whether a person is asked first. */
export function ToolsField({ field, place, actions }: FieldProps) {
  const { problems, context } = useInspector()
  const { value, write } = useValue(place)
  const items: readonly Json[] = Array.isArray(value) ? value : []
  const names = items.map(nameIn)
  return (
    <FieldFrame {...field} problems={problemsAt(problems, place, 'exactly')} actions={actions} group>
      {({ describedBy }) => (
        <div className="grid grid-cols-1 gap-2">
          {items.map((item, index) => (
            <ToolRow
              key={nameIn(item)}
              name={nameIn(item)}
              approval={approvalIn(item)}
              problems={problemsAt(problems, [...place, index])}
              onApproval={(approval) => write(items.with(index, itemOf(nameIn(item), approval)))}
              onRemove={() => write(items.length === 1 ? undefined : items.toSpliced(index, 1))}
            />
          ))}
          <Picker
            label="Add a tool"
            describedBy={describedBy}
            value=""
            placeholder="Add a tool"
            options={context.tools.filter(({ name }) => !names.includes(name)).map(toolOption)}
            free
            onPick={(name) => name !== '' && !names.includes(name) && write([...items, name])}
          />
        </div>
      )}
    </FieldFrame>
  )
}

type ToolRowProps = {
  name: string
  approval: Approval
  problems: Parameters<typeof ProblemLines>[0]['problems']
  onApproval: (approval: Approval) => void
  onRemove: () => void
}

function ToolRow({ name, approval, problems, onApproval, onRemove }: ToolRowProps) {
  const { context } = useInspector()
  const tool = context.tools.find((candidate) => candidate.name === name)
  return (
    <div className="border-line bg-page grid grid-cols-1 gap-1.5 rounded-control border p-2">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-sm" title={tool?.description}>
          {tool?.title ?? name}
        </span>
        {tool && <RiskBadge risk={tool.risk} />}
        <SmallButton label={`Remove ${tool?.title ?? name}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </SmallButton>
      </div>
      <select
        aria-label={`Approval of ${tool?.title ?? name}`}
        value={approval}
        onChange={({ target: { value } }) => onApproval(value === 'always' || value === 'never' ? value : 'autonomy')}
        className="control h-8 w-full px-2.5 pr-8 text-[16px] md:text-xs"
      >
        <option value="autonomy">Ask as the autonomy says</option>
        <option value="always">Always ask a person first</option>
        <option value="never">Never ask</option>
      </select>
      <ProblemLines problems={problems} />
    </div>
  )
}
