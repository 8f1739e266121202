'use client'
import { Check, ChevronsUpDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { cx } from './cx'
import { Popover } from './popover'

export type PickerOption = {
  value: string
  label: string
  /** A second line, or what stands at the right. */
  note?: string
  aside?: ReactNode
  group?: string
}

type PickerProps = {
  label: string
  value: string
  options: readonly PickerOption[]
  /** What the button says when nothing is chosen. */
  placeholder: string
  onPick: (value: string) => void
  /** Names that are in no list may be typed. */
  free?: boolean
  /** What takes the choice away. */
  clear?: string | undefined
  invalid?: boolean
  id?: string
  describedBy?: string | undefined
}

/** One of many, with a search. */
export function Picker(props: PickerProps) {
  const { label, value, options, placeholder, invalid = false, id, describedBy } = props
  const chosen = options.find((option) => option.value === value)
  return (
    <Popover
      label={`Choices: ${label}`}
      className="p-0"
      trigger={(wiring) => (
        <button
          type="button"
          id={id}
          {...wiring}
          aria-describedby={describedBy}
          data-invalid={invalid || undefined}
          className="control data-invalid:border-failed flex h-9 w-full items-center gap-2 px-3 text-left text-[16px] md:text-sm"
        >
          <span className={cx('min-w-0 flex-1 truncate', value === '' && 'text-ink-faint')}>
            {value === '' ? placeholder : (chosen?.label ?? value)}
          </span>
          {chosen?.aside}
          <ChevronsUpDown size={14} aria-hidden className="text-ink-faint shrink-0" />
        </button>
      )}
    >
      {(close) => (
        <Choices
          {...props}
          onPick={(picked) => {
            props.onPick(picked)
            close()
          }}
        />
      )}
    </Popover>
  )
}

function Choices({ label, value, options, onPick, free = false, clear }: PickerProps) {
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const shown = filter(options, search, { free, clear })
  const at = Math.min(active, shown.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) setActive((at + step + shown.length) % shown.length)
    const picked = shown[at]
    if (event.key === 'Enter' && picked) onPick(picked.value)
    if (step !== 0 || event.key === 'Enter') event.preventDefault()
  }
  return (
    <div className="flex max-h-[inherit] flex-col">
      <input
        data-first
        role="combobox"
        aria-label={`Search: ${label}`}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={search}
        placeholder={free ? 'Search, or type a name' : 'Search'}
        onChange={(event) => {
          setSearch(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        className="border-line h-10 shrink-0 border-b bg-transparent px-3 text-[16px] outline-none md:text-sm"
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} className="min-h-0 overflow-auto p-1">
        {shown.map((option, index) => (
          <Choice
            key={option.value}
            option={option}
            id={`${id}-${index}`}
            heading={option.group !== shown[index - 1]?.group ? option.group : undefined}
            state={{ active: index === at, chosen: option.value === value }}
            onPick={() => onPick(option.value)}
          />
        ))}
      </div>
      {shown.length === 0 && <p className="text-ink-faint px-3 pb-3 text-sm">Nothing is called that.</p>}
    </div>
  )
}

function filter(
  options: readonly PickerOption[],
  search: string,
  { free, clear }: { free: boolean; clear: string | undefined },
): readonly PickerOption[] {
  const word = search.trim().toLowerCase()
  const found = options.filter(({ label, value, note = '' }) =>
    [label, value, note].some((text) => text.toLowerCase().includes(word)),
  )
  const cleared = clear !== undefined && word === '' ? [{ value: '', label: clear }] : []
  const typed = search.trim()
  const own = free && typed !== '' && !options.some(({ value }) => value === typed)
  return [...cleared, ...found, ...(own ? [{ value: typed, label: `Use “${typed}”` }] : [])]
}

type ChoiceProps = {
  option: PickerOption
  id: string
  heading: string | undefined
  state: { active: boolean; chosen: boolean }
  onPick: () => void
}

function Choice({ option, id, heading, state: { active, chosen }, onPick }: ChoiceProps) {
  return (
    <>
      {heading !== undefined && (
        <div role="presentation" className="text-ink-faint px-2 pt-2 pb-1 text-xs font-medium">
          {heading}
        </div>
      )}
      {/* The keys are handled by the search field, which keeps the focus. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        ref={(element) => (active ? element?.scrollIntoView({ block: 'nearest' }) : undefined)}
        id={id}
        role="option"
        aria-selected={chosen}
        tabIndex={-1}
        onClick={onPick}
        className={cx(
          'hover:bg-hover flex cursor-pointer items-center gap-2 rounded-control px-2 py-1.5 text-sm',
          active && 'bg-hover',
        )}
      >
        <Check size={14} aria-hidden className={cx('shrink-0', !chosen && 'invisible')} />
        <span className="grid min-w-0 flex-1">
          <span className="truncate">{option.label}</span>
          {option.note !== undefined && <span className="text-ink-faint truncate text-xs">{option.note}</span>}
        </span>
        {option.aside}
      </div>
    </>
  )
}
