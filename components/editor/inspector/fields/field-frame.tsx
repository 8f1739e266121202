'use client'
import { Info } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cx } from '@/components/ui/cx'
import type { Problem } from '@/engine/plan/plan'

export type Wiring = { id: string; describedBy: string; invalid: boolean }

type FieldFrameProps = {
  title: string
  description: string
  required?: boolean
  problems?: readonly Problem[]
  /** What is wrong with the text itself, before it could become part of the graph. */
  sentence?: string | undefined
  actions?: ReactNode
  /** Shown below: a preview of the value. */
  below?: ReactNode
  /** A group of controls has no single one that the label could belong to. */
  group?: boolean
  children: (wiring: Wiring) => ReactNode
}

/** While an editor in here offers names, what is half written is not called wrong yet. */
const calmWhileOffering = '[&:has(>[data-offering])_[data-wrong]]:hidden'

/** Label, control, what is wrong with it; the explanation unfolds, and is always there for screen readers. */
export function FieldFrame(props: FieldFrameProps) {
  const {
    title,
    description,
    required = false,
    problems = [],
    sentence,
    actions,
    below,
    group = false,
    children,
  } = props
  const id = useId()
  const [isExplained, setExplained] = useState(false)
  const about = `${id}-about`
  const invalid = sentence !== undefined || problems.some(({ severity }) => severity === 'error')
  const naming = group ? ({ role: 'group', 'aria-labelledby': `${id}-label` } as const) : {}
  return (
    <div {...naming} className={cx('grid min-w-0 grid-cols-1 gap-1', calmWhileOffering)}>
      <div className="flex min-h-6 items-center gap-1">
        <label htmlFor={group ? undefined : id} id={`${id}-label`} className="text-sm font-medium">
          {title}
        </label>
        {description !== '' && (
          <SmallButton label={`About: ${title}`} pressed={isExplained} onClick={() => setExplained(!isExplained)}>
            <Info size={14} aria-hidden />
          </SmallButton>
        )}
        <span className="ml-auto flex items-center gap-0.5">{actions}</span>
      </div>
      <div
        id={about}
        className={cx(
          !isExplained && problems.length === 0 && sentence === undefined && 'sr-only',
          'order-last grid grid-cols-1 gap-1',
        )}
      >
        {sentence !== undefined && (
          <p role="alert" data-wrong className="text-failed text-sm break-words">
            {sentence}
          </p>
        )}
        <ProblemLines problems={problems} />
        <p className={cx('text-ink-faint text-sm', !isExplained && 'sr-only')}>
          {required && <span className="sr-only">Required. </span>}
          {description}
        </p>
      </div>
      {children({ id, describedBy: about, invalid })}
      {below}
    </div>
  )
}

/** Standing at its field, a problem need not say which field it speaks of. */
const here = /^`[^`]+` of `[^`]+`(?: \([^)]*\))? (\w)/

export function ProblemLines({ problems }: { problems: readonly Problem[] }) {
  return problems.map(({ code, field, severity, message }) => (
    <p
      key={`${code} ${field} ${message}`}
      data-wrong
      className={cx('text-sm break-words', severity === 'error' ? 'text-failed' : 'text-waiting')}
    >
      <ProblemWords message={message.replace(here, (_, letter: string) => letter.toUpperCase())} />
    </p>
  ))
}

/** Names stand between backticks. */
export const ProblemWords = ({ message }: { message: string }) =>
  message.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no identity beyond their place
      <code key={index} className="font-mono text-[0.92em]">
        {part}
      </code>
    ),
  )

type SmallButtonProps = {
  label: string
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

export function SmallButton({ label, pressed, disabled = false, onClick, children }: SmallButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-expanded={pressed}
      disabled={disabled}
      onClick={onClick}
      className="text-ink-faint hover:bg-hover hover:text-ink grid size-6 place-items-center rounded-[4px] disabled:opacity-40"
    >
      {children}
    </button>
  )
}
