'use client'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { cx } from './cx'

type Wiring = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }
type FieldProps = { label: string; hint?: ReactNode; error?: string | undefined; required?: boolean }

/** Label above, control, then what is wrong with it or a hint. Wires them together for assistive technology. */
export function Field({
  label,
  hint,
  error,
  required,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const about = error !== undefined || hint !== undefined ? `${id}-about` : undefined
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required && <span className="text-ink-faint font-normal"> · required</span>}
      </label>
      {children({ id, 'aria-describedby': about, 'aria-invalid': error !== undefined })}
      {error !== undefined ? (
        <p id={about} role="alert" className="text-failed text-sm">
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={about} className="text-ink-faint text-sm">
            {hint}
          </p>
        )
      )}
    </div>
  )
}

// 16 px on phones: smaller text makes iOS zoom into the field.
const box = 'control w-full px-3 text-[16px] md:text-sm'

export function TextField({ label, hint, error, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error} required={rest.required ?? false}>
      {(wiring) => <input type="text" {...rest} {...wiring} className={cx(box, 'h-9')} />}
    </Field>
  )
}

type AreaProps = FieldProps & { mono?: boolean } & TextareaHTMLAttributes<HTMLTextAreaElement>
export function TextAreaField({ label, hint, error, mono = false, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error} required={rest.required ?? false}>
      {(wiring) => (
        <textarea
          spellCheck={!mono}
          {...rest}
          {...wiring}
          className={cx(
            box,
            'min-h-24 resize-y py-2',
            // Grows with what is written, where its height isn't said.
            rest.rows === undefined && 'field-sizing-content max-h-80',
            mono && 'font-mono',
          )}
        />
      )}
    </Field>
  )
}

type Choice = { value: string; label: string }
type SelectProps = FieldProps & { choices: readonly Choice[] } & SelectHTMLAttributes<HTMLSelectElement>
export function SelectField({ label, hint, error, choices, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} required={rest.required ?? false}>
      {(wiring) => (
        <select {...rest} {...wiring} className={cx(box, 'h-9 pr-8')}>
          {choices.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function CheckField({
  label,
  hint,
  ...rest
}: { label: string; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_1fr] items-start gap-x-2.5">
      <input type="checkbox" {...rest} id={id} className="accent-accent mt-1 size-4" />
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint !== undefined && <p className="text-ink-faint col-start-2 text-sm">{hint}</p>}
    </div>
  )
}
