'use client'
import { Play, RotateCcw } from 'lucide-react'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { Json, JsonObject } from '@/engine/json'
import { neededNames } from '@/engine/plan/alone'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { specs } from '@/nodes/registry/specs'
import type { Draft, DraftShelf } from '../drafts'
import { CodeEditor } from '../expression/code-editor'
import { sourceOf } from '../expression/completions'
import { FieldFrame, SmallButton } from '../fields/field-frame'
import { printLoose, readLoose } from '../fields/read-text'
import { useInspector } from '../inspector-scope'
import { isRepeatable } from './is-repeatable'
import { Section } from './section'

export type AloneProps = {
  run: (given: JsonObject) => void
  busy: boolean
  /** Why it could not start. */
  refusal: string | null
  /** The run that was started last, as it goes. */
  result: ReactNode
}

/** The draft of one value that the node is tried with. */
const placeOf = (name: string) => ['run alone', name] as const

/** Tries the node by itself, with values that one can change. */
export function AloneSection({ run, busy, refusal, result }: AloneProps) {
  const { graph, node, spec, upstream, context } = useInspector()
  const [isAsked, setAsked] = useState(false)
  const wanted = useMemo(() => {
    const needed = neededNames({ graph, specs }, node.id)
    const named = upstream.filter(({ name }) => name !== 'input' && needed.includes(name))
    return [...named, ...upstream.filter(({ name }) => name === 'input')]
  }, [graph, node.id, upstream])
  const isHarmless = isRepeatable(spec, node)
  const start = () => {
    const entries = wanted.flatMap((value): [string, Json][] => {
      const given = givenValue(value, context.drafts.get(node.id, placeOf(value.name)))
      return given === undefined ? [] : [[value.name, given]]
    })
    const given = Object.fromEntries(entries)
    const isComplete = wanted.every(({ name }) => name === 'input' || Object.hasOwn(given, name))
    setAsked(!isComplete)
    if (isComplete) run(given)
  }
  return (
    <Section title="Run this node alone" data-alone>
      {wanted.length === 0 && <p className="text-ink-faint text-sm">It needs nothing from other nodes.</p>}
      {wanted.map((value) => (
        <Given key={value.name} given={value} isAsked={isAsked} />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Play size={14} aria-hidden />} size="small" busy={busy} onClick={start}>
          Run alone
        </Button>
        <span className={cx('text-xs', isHarmless ? 'text-ink-faint' : 'text-waiting')}>
          {isHarmless
            ? 'A real run: models are asked and paid for.'
            : 'It really happens: what the node does outside is done.'}
        </span>
      </div>
      {refusal !== null && (
        <p role="alert" className="text-failed text-sm break-words">
          {refusal}
        </p>
      )}
      {result}
    </Section>
  )
}

/** What was typed, or else what it was in the last run; undefined: nobody knows. */
const givenValue = ({ value }: UpstreamValue, draft: Draft | undefined): Json | undefined =>
  draft === undefined ? value : draft.reading.ok ? draft.reading.value : undefined

function useKept(drafts: DraftShelf, node: string, name: string): Draft | undefined {
  const read = () => drafts.get(node, placeOf(name))
  return useSyncExternalStore(drafts.subscribe, read, read)
}

function Given({ given, isAsked }: { given: UpstreamValue; isAsked: boolean }) {
  const { node, context } = useInspector()
  const { drafts } = context
  const { name, value, from } = given
  const draft = useKept(drafts, node.id, name)
  const isMissing = isAsked && name !== 'input' && givenValue(given, draft) === undefined
  return (
    <FieldFrame
      title={name}
      description={`From ${sourceOf(from)}. Text, or data as JSON.`}
      sentence={isMissing ? `Nothing is known of ${name} yet. Type what it is, or null.` : undefined}
      actions={
        draft !== undefined &&
        value !== undefined && (
          <SmallButton label={`Last value of ${name}`} onClick={() => drafts.drop(node.id, placeOf(name))}>
            <RotateCcw size={13} aria-hidden />
          </SmallButton>
        )
      }
    >
      {(wiring) => (
        <CodeEditor
          {...wiring}
          value={draft?.text ?? printLoose(value)}
          onChange={(text) => drafts.put(node.id, placeOf(name), { text, reading: readLoose(text) })}
          language="json"
          upstream={[]}
          height="few"
        />
      )}
    </FieldFrame>
  )
}
