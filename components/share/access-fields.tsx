import { Disclosure } from '@/components/ui/disclosure'
import { SelectField, TextAreaField, TextField } from '@/components/ui/field'
import { type Expiry, expiries, type FormProblems, type ShareForm } from './share-form'

type Props = { form: ShareForm; problems: FormProblems; change: (part: Partial<ShareForm>) => void }

const words: Record<Expiry, string> = {
  never: 'When I take it back',
  '1': 'After an hour',
  '24': 'After a day',
  '168': 'After a week',
  '720': 'After 30 days',
}

/** Who may look, and for how long. */
export function AccessFields({ form, problems, change }: Props) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-semibold">The link</legend>
      <SelectField
        label="Ends"
        value={form.expires}
        choices={expiries.map((value) => ({ value, label: words[value] }))}
        onChange={({ target }) => change({ expires: expiries.find((each) => each === target.value) ?? 'never' })}
      />
      <TextField
        label="Password"
        hint="Leave it empty, and the link alone is enough."
        type="password"
        autoComplete="new-password"
        value={form.password}
        error={problems.password}
        onChange={({ target }) => change({ password: target.value })}
      />
      <Disclosure title="Show it in another page" initiallyOpen={form.embedOrigins !== ''}>
        <TextAreaField
          label="Sites that may show it in a frame"
          hint="One address a line, like https://example.org. Without one, it is shown in no other page."
          rows={2}
          mono
          value={form.embedOrigins}
          error={problems.embedOrigins}
          onChange={({ target }) => change({ embedOrigins: target.value })}
        />
      </Disclosure>
    </fieldset>
  )
}
