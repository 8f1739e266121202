'use client'
import { Play } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import type { Json, JsonObject } from '@/engine/json'
import { mentionedNames, type UpstreamValue } from '@/engine/plan/upstream'
import { specs } from '@/nodes/registry/specs'
import { CodeEditor } from '../expression/code-editor'
import { sourceOf } from '../expression/completions'
import { FieldFrame } from '../fields/field-frame'
import { printLoose, readLoose } from '../fields/read-text'
import { useInspector, useTyped } from '../inspector-scope'
import { Section } from './section'

type Props = { onRunAlone: (inputs: JsonObject) => void; busy: boolean }

/** The draft of one value that the node is tried with. */
const placeOf = (name: string) => ['run alone', name] as const

/** Tries the node by itself, with values that one can change. */
export function AloneSection({ onRunAlone, busy }: Props) {
  const { graph, node, spec, upstream, context } = useInspector()
  const wanted = useMemo(() => {
    const used = mentionedNames(graph, specs, node.id)
    return upstream.filter(({ name }) => name === 'input' || used.includes(name))
  }, [graph, node.id, upstream])
  const run = () => {
    const entries = wanted.map(({ name, value }): [string, Json] => {
      const draft = context.drafts.get(node.id, placeOf(name))
      const typed = draft?.reading.ok ? draft.reading.value : undefined
      return [name, draft === undefined ? (value ?? null) : (typed ?? null)]
    })
    onRunAlone(Object.fromEntries(entries))
  }
  return (
    <Section title="Run this node alone">
      {wanted.length === 0 && <p className="text-ink-faint text-sm">It needs nothing from other nodes.</p>}
      {wanted.map((value) => (
        <Given key={value.name} given={value} />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Play size={14} aria-hidden />} size="small" busy={busy} onClick={run}>
          Run alone
        </Button>
        {!spec.repeatable(node.config) && (
          <span className="text-waiting text-xs">It really happens: what the node does outside is done.</span>
        )}
      </div>
    </Section>
  )
}

function Given({ given }: { given: UpstreamValue }) {
  const typed = useTyped(placeOf(given.name), {
    value: given.value,
    commit: () => {},
    print: printLoose,
    read: readLoose,
  })
  const draft = useInspector().context.drafts.get(useInspector().node.id, placeOf(given.name))
  return (
    <FieldFrame title={given.name} description={`From ${sourceOf(given.from)}. Text, or data as JSON.`}>
      {(wiring) => (
        <CodeEditor
          {...wiring}
          value={draft?.text ?? typed.text}
          onChange={typed.write}
          language="json"
          upstream={[]}
          height="few"
          placeholder="null"
        />
      )}
    </FieldFrame>
  )
}
