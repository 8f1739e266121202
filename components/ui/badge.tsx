import type { ReactNode } from 'react'
import { cx } from './cx'

const tones = {
  neutral: 'bg-sunken text-ink-soft border-line',
  accent: 'bg-accent-tint text-accent border-transparent',
  done: 'bg-done-tint text-done border-transparent',
  waiting: 'bg-waiting-tint text-waiting border-transparent',
  failed: 'bg-failed-tint text-failed border-transparent',
} as const
export type Tone = keyof typeof tones

export function Badge({ tone = 'neutral', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-6 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

/** Stands wherever words come from the built-in model and not from a real one. */
export function SimulatedBadge() {
  return (
    <span
      title="These words come from the built-in model. Connect a model to get real ones."
      className="stripes border-line-strong text-ink-soft inline-flex h-6 items-center rounded-full border px-2 text-xs font-medium"
    >
      simulated
    </span>
  )
}
