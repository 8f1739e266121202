import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ButtonHTMLAttributes, ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

const tones = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-failed border-line-strong hover:bg-failed-tint hover:border-failed',
} as const
const sizes = {
  small: 'h-8 px-2.5 text-sm gap-1.5',
  normal: 'h-9 px-3.5 text-sm gap-2',
  icon: 'size-9 justify-center',
} as const

type Look = { tone?: keyof typeof tones; size?: keyof typeof sizes }

const look = ({ tone = 'plain', size = 'normal' }: Look): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center rounded-control border font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-55',
    tones[tone],
    sizes[size],
  )

type ButtonProps = Look & {
  busy?: boolean
  icon?: ReactNode
  /** On a phone, and where a panel takes room at the side, only the icon is seen; the words are said and shown on hover. */
  folds?: boolean
} & ButtonHTMLAttributes<HTMLButtonElement>

const folded = {
  button: 'max-sm:w-9 max-sm:gap-0 max-sm:px-0 lg:max-xl:w-9 lg:max-xl:gap-0 lg:max-xl:px-0',
  words: 'max-sm:sr-only lg:max-xl:sr-only',
}

/** While busy it keeps its width: the spinner takes the place of the icon, or lies over the text. */
export function Button({ tone, size, busy, icon, folds, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...(folds && typeof children === 'string' && { title: children })}
      {...rest}
      {...(busy !== undefined && { onClick: onceOnly(rest.onClick) })}
      disabled={disabled || busy === true}
      aria-busy={busy === true}
      className={cx(
        look({ ...(tone && { tone }), ...(size && { size }) }),
        'relative',
        folds && folded.button,
        className,
      )}
    >
      {icon !== undefined && (busy ? <LoaderCircle size={16} aria-hidden className="animate-turn" /> : icon)}
      <span className={cx(busy && icon === undefined && 'invisible', folds && folded.words)}>{children}</span>
      {busy && icon === undefined && <LoaderCircle size={16} aria-hidden className="animate-turn absolute" />}
    </button>
  )
}

/** What takes a while is not begun twice by a double click: the second one is there before the button can say that it is busy. */
const onceOnly =
  (then: ButtonProps['onClick']): ButtonProps['onClick'] =>
  (event) =>
    event.detail > 1 ? event.preventDefault() : then?.(event)

/** Only an icon; `label` is what it says to those who can't see it, and on hover. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: { label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(look({ tone: 'quiet', size: 'icon' }), className)}
    >
      {children}
    </button>
  )
}

export function ButtonLink({
  tone,
  size,
  icon,
  className,
  children,
  ...rest
}: Look & { icon?: ReactNode } & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={cx(look({ ...(tone && { tone }), ...(size && { size }) }), className)}>
      {icon}
      {children}
    </Link>
  )
}
