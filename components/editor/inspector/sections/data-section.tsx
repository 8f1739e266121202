'use client'
import { ExternalLink, Pin, PinOff } from 'lucide-react'
import { SimulatedBadge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { RelativeTime } from '@/components/ui/time'
import type { Json } from '@/engine/json'
import { CodeEditor } from '../expression/code-editor'
import { ProblemLines } from '../fields/field-frame'
import { printLoose, readLoose } from '../fields/read-text'
import type { InspectorAction, LastRun } from '../inspector-context'
import { useInspector, useTyped } from '../inspector-scope'
import { ValueView } from '../value-view'
import { StatusBadge } from './node-status'
import { Section } from './section'

type Props = { onAction: (action: InspectorAction) => void }

/** What went into the node and came out of it in the last run. */
export function DataSection({ onAction }: Props) {
  const { context } = useInspector()
  const { lastRun, pin } = context
  const last = lastRun?.node ?? null
  return (
    <div className="grid grid-cols-1 gap-5">
      {pin.type === 'pinned' && <Pinned value={pin.value} onAction={onAction} />}
      {lastRun === null && (
        <Nothing>Nothing has run yet. Run the workflow, and what goes in and comes out shows here.</Nothing>
      )}
      {lastRun !== null && last === null && <Nothing>The last run did not come to this node.</Nothing>}
      {lastRun !== null && last !== null && (
        <>
          <LastHead runId={lastRun.runId} last={last} onAction={onAction} />
          {last.failure !== undefined && (
            <Notice tone="failed" title={last.failure.code.replaceAll('_', ' ')}>
              {last.failure.message}
            </Notice>
          )}
          <Section title="Came in">
            {last.input === undefined ? (
              <Nothing>Nothing arrived.</Nothing>
            ) : (
              <ValueView value={last.input} label="input" />
            )}
          </Section>
          <Output output={last.output} onAction={onAction} />
        </>
      )}
    </div>
  )
}

const Nothing = ({ children }: { children: string }) => <p className="text-ink-faint text-sm">{children}</p>

type HeadProps = Props & { runId: string; last: NonNullable<LastRun['node']> }

function LastHead({ runId, last, onAction }: HeadProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <StatusBadge status={last.status} />
      {last.simulated && <SimulatedBadge />}
      {last.endedAt !== null && (
        <span className="text-ink-faint">
          <RelativeTime at={last.endedAt} />
        </span>
      )}
      <span className="ml-auto">
        <IconButton label="Open in the run" onClick={() => onAction({ type: 'open_run', runId, path: last.path })}>
          <ExternalLink size={16} aria-hidden />
        </IconButton>
      </span>
    </div>
  )
}

function Output({ output, onAction }: Props & { output: Json | undefined }) {
  const { context } = useInspector()
  const pinButton = output !== undefined && context.pin.type === 'none' && !context.readOnly && (
    <Button
      tone="quiet"
      size="small"
      icon={<Pin size={14} aria-hidden />}
      onClick={() => onAction({ type: 'pin', value: output })}
      title="While you build, runs take this output instead of running the node"
    >
      Pin output
    </Button>
  )
  return (
    <Section title="Came out" actions={pinButton}>
      {output === undefined ? <Nothing>Nothing came out.</Nothing> : <ValueView value={output} label="output" />}
    </Section>
  )
}

function Pinned({ value, onAction }: Props & { value: Json }) {
  const { context, problems } = useInspector()
  const misfits = problems.filter(({ code }) => code === 'pin_misfit')
  return (
    <Section
      title="Pinned output"
      actions={
        !context.readOnly && (
          <Button
            tone="quiet"
            size="small"
            icon={<PinOff size={14} aria-hidden />}
            onClick={() => onAction({ type: 'unpin' })}
          >
            Unpin
          </Button>
        )
      }
    >
      <p className="text-ink-soft text-sm">
        Runs of the draft take this instead of running the node. Published versions never do.
      </p>
      <ProblemLines problems={misfits} />
      {context.readOnly ? (
        <ValueView value={value} label="pinned output" />
      ) : (
        <PinEditor value={value} onAction={onAction} />
      )}
    </Section>
  )
}

function PinEditor({ value, onAction }: Props & { value: Json }) {
  const typed = useTyped(['pinned output'], {
    value,
    commit: (next) => next !== undefined && onAction({ type: 'edit_pin', value: next }),
    print: printLoose,
    read: readLoose,
  })
  return (
    <CodeEditor
      label="Pinned output"
      value={typed.text}
      onChange={typed.write}
      language="json"
      upstream={[]}
      height="few"
    />
  )
}
