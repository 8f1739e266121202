'use client'
import { PlugZap } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { TestResult } from './connection-test'
import { otherEndpoint, presetAt, presetChoices } from './endpoint-presets'
import { type Stored, useConnectionForm } from './use-connection-form'

type Props = { connection: Stored | null; onClose: () => void }
type Form = ReturnType<typeof useConnectionForm>

/** A stored key is never shown: the field is empty, and leaving it empty keeps what is stored. */
export function ConnectionDialog({ connection, onClose }: Props) {
  const form = useConnectionForm(connection, onClose)
  const { fields, problem, test } = form
  return (
    <Dialog open title={connection ? `Change ${connection.name}` : 'Connect a model'} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          form.save()
        }}
      >
        <Fields form={form} connection={connection} />
        {problem && problem.problems.length === 0 && <Notice tone="failed">{problem.detail}</Notice>}
        <TestResult result={test.data} onTake={form.takeSuggestion} />
        <DialogActions>
          <Button
            className="mr-auto"
            busy={test.isPending}
            disabled={fields.baseUrl.trim() === ''}
            icon={<PlugZap size={16} aria-hidden />}
            onClick={test.start}
          >
            Test connection
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={form.isSaving}>
            {connection ? 'Save' : 'Connect'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Fields({ form, connection }: { form: Form; connection: Stored | null }) {
  const { fields, set, at } = form
  const preset = presetAt(fields.baseUrl)
  return (
    <>
      {connection === null && (
        <SelectField
          label="Who answers"
          autoFocus
          value={preset?.id ?? otherEndpoint}
          choices={presetChoices}
          hint="Anything that speaks the OpenAI protocol will do."
          onChange={(event) => form.choosePreset(event.target.value)}
        />
      )}
      <TextField
        label="Name"
        required
        autoFocus={connection !== null}
        value={fields.name}
        error={at('name')}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label="Address"
        required
        inputMode="url"
        placeholder="https://api.openai.com/v1"
        value={fields.baseUrl}
        error={at('baseUrl')}
        hint={connection?.hasKey ? 'At another address the stored key is dropped; give it again then.' : undefined}
        onChange={(event) => set({ baseUrl: event.target.value })}
      />
      <TextField
        label="Key"
        type="password"
        autoComplete="off"
        value={fields.key}
        error={at('key')}
        hint={keyHint(connection, preset?.needsKey)}
        onChange={(event) => set({ key: event.target.value })}
      />
      <TextField
        label="Models"
        placeholder={preset?.models || 'a-model, another-one'}
        value={fields.models}
        error={at('models')}
        hint="Separated by commas. Empty: the first one that the endpoint lists."
        onChange={(event) => set({ models: event.target.value })}
      />
    </>
  )
}

function keyHint(connection: Stored | null, isNeeded: boolean | undefined): string {
  if (connection?.hasKey) return 'A key is stored. Leave this empty to keep it.'
  const need =
    isNeeded === true
      ? 'It is needed here.'
      : isNeeded === false
        ? 'None is needed here.'
        : 'Local servers mostly need none.'
  return `${need} It is stored encrypted and never shown again.`
}
