'use client'
import type { ReactNode } from 'react'
import { Disclosure } from '@/components/ui/disclosure'
import { Segmented } from '@/components/ui/segmented'
import type { Retry } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { FieldFrame } from '../fields/field-frame'
import { readNumber } from '../fields/read-text'
import type { OnSet } from '../inspector-context'
import { useInspector, useTyped } from '../inspector-scope'
import { isRepeatable } from './is-repeatable'

const onErrorWords = {
  fail: 'The run stops here and says why. What is running elsewhere finishes first.',
  continue: 'The run goes on as usual; the node’s result is { error: { code, message } }.',
  branch: 'The run goes on along the port “error” only. Connect something to it.',
} as const
const onDoubtWords = {
  retry: 'It is simply done again.',
  ask: 'A person is asked, as it may have been done already.',
} as const

/** What happens when something goes wrong, in plain words. */
export function ErrorsSection({ onSet }: { onSet: OnSet }) {
  const { node, spec } = useInspector()
  const { retry, timeoutSeconds, onError = 'fail', onDoubt } = node
  const set = [retry, timeoutSeconds, node.onError, onDoubt].filter((option) => option !== undefined).length
  const usual = isRepeatable(spec, node) ? 'retry' : 'ask'
  return (
    <Disclosure title="Errors and retries" {...(set > 0 ? { note: `${set} set` } : {})}>
      <RetryFields retry={retry} standard={spec.defaultRetries} onSet={onSet} />
      <OptionNumber
        title="Time limit in seconds"
        description="For each attempt. What takes longer counts as failed."
        name="timeoutSeconds"
        value={timeoutSeconds}
        placeholder="none"
        limits={{ whole: false, min: 0.001, max: 86_400 }}
        onChange={(value) => onSet('timeoutSeconds', value ?? null)}
      />
      <FieldFrame
        title="When it fails in the end"
        description="After all attempts."
        group
        below={<Plain>{onErrorWords[onError]}</Plain>}
      >
        {() => (
          <Segmented
            label="When it fails in the end"
            value={onError}
            choices={[
              { value: 'fail', label: 'Stop' },
              { value: 'continue', label: 'Go on' },
              { value: 'branch', label: 'Branch off' },
            ]}
            onChange={(value) => onSet('onError', value === 'continue' || value === 'branch' ? value : null)}
          />
        )}
      </FieldFrame>
      <FieldFrame
        title="After a crash in the middle"
        description="When Baton itself was stopped while the node was at work, and nobody knows how far it came."
        group
        below={<Plain>{onDoubtWords[onDoubt ?? usual]}</Plain>}
      >
        {() => (
          <Segmented
            label="After a crash in the middle"
            value={onDoubt ?? usual}
            choices={[
              { value: 'retry', label: 'Do it again' },
              { value: 'ask', label: 'Ask a person' },
            ]}
            onChange={(value) => onSet('onDoubt', value === usual ? null : value === 'ask' ? 'ask' : 'retry')}
          />
        )}
      </FieldFrame>
    </Disclosure>
  )
}

const Plain = ({ children }: { children: ReactNode }) => <p className="text-ink-faint text-sm">{children}</p>

type RetryFieldsProps = { retry: Retry | undefined; standard: number; onSet: OnSet }

function RetryFields({ retry, standard, onSet }: RetryFieldsProps) {
  const max = retry?.max ?? standard
  const change = (part: Partial<Retry>) => onSet('retry', { max, ...retry, ...part })
  return (
    <>
      <OptionNumber
        title="Try again"
        description="How many more times after the first attempt failed."
        name="max"
        value={retry?.max}
        placeholder={`${standard} (usual)`}
        limits={{ whole: true, min: 0, max: 20 }}
        onChange={(value) => (value === undefined ? onSet('retry', null) : change({ max: value }))}
      />
      {max > 0 && (
        <>
          <OptionNumber
            title="Wait before trying again"
            description="In milliseconds."
            name="delayMs"
            value={retry?.delayMs}
            placeholder="1000"
            limits={{ whole: true, min: 0, max: 3_600_000 }}
            onChange={(value) => change({ delayMs: value ?? 1_000 })}
          />
          <FieldFrame title="Between attempts" description="How the waiting time grows." group>
            {() => (
              <Segmented
                label="Between attempts"
                value={retry?.backoff ?? 'exponential'}
                choices={[
                  { value: 'exponential', label: 'Longer each time' },
                  { value: 'fixed', label: 'Always the same' },
                ]}
                onChange={(value) => change({ backoff: value === 'fixed' ? 'fixed' : 'exponential' })}
              />
            )}
          </FieldFrame>
        </>
      )}
    </>
  )
}

type OptionNumberProps = {
  title: string
  description: string
  name: string
  value: number | undefined
  placeholder: string
  limits: { whole: boolean; min: number; max: number }
  onChange: (value: number | undefined) => void
}

function OptionNumber({ title, description, name, value, placeholder, limits, onChange }: OptionNumberProps) {
  const { text, sentence, write } = useTyped(['option', name], {
    value,
    print: (held: Json | undefined) => (held === undefined ? '' : String(held)),
    read: (typed) => readNumber(typed, limits),
    commit: (next) => onChange(typeof next === 'number' ? next : undefined),
  })
  return (
    <FieldFrame title={title} description={description} sentence={sentence}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          aria-describedby={describedBy}
          aria-invalid={invalid}
          value={text}
          placeholder={placeholder}
          onChange={(event) => write(event.target.value)}
          className="control h-9 w-full px-3 text-[16px] md:text-sm"
        />
      )}
    </FieldFrame>
  )
}
