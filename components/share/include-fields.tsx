import { CheckField } from '@/components/ui/field'
import type { ShareInclude } from '@/engine/share/options'
import type { ShareForm } from './share-form'

type Props = { kind: 'run' | 'workflow'; form: ShareForm; change: (part: Partial<ShareForm>) => void }

type Part = { name: keyof ShareInclude; label: string; hint: string; of: 'run' | 'both' }
const parts: readonly Part[] = [
  { name: 'outputs', label: 'Results', hint: 'What nodes, models and tools answered', of: 'run' },
  { name: 'timeline', label: 'Timeline', hint: 'When each step began and how long it took', of: 'run' },
  { name: 'input', label: 'Input', hint: 'What it is started with', of: 'both' },
  { name: 'prompts', label: 'Prompts and settings', hint: 'Instructions, prompts, how nodes are set up', of: 'both' },
  { name: 'toolArguments', label: 'Tool arguments', hint: 'What tools and addresses are called with', of: 'both' },
  { name: 'costs', label: 'Costs', hint: 'Money, tokens, names of models', of: 'both' },
]

/** What of it leaves. */
export function IncludeFields({ kind, form, change }: Props) {
  const { include, mask, showAuthor } = form
  return (
    <>
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 text-sm font-semibold">What they see</legend>
        {parts
          .filter(({ of }) => kind === 'run' || of === 'both')
          .map(({ name, label, hint }) => (
            <CheckField
              key={name}
              label={label}
              hint={hint}
              checked={include[name]}
              onChange={({ target }) => change({ include: { ...include, [name]: target.checked } })}
            />
          ))}
      </fieldset>
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 text-sm font-semibold">Safety</legend>
        <CheckField
          label="Mask personal data"
          hint="E-mail addresses, phone numbers, cards, IBANs, keys and tokens. Secrets always are."
          checked={mask}
          onChange={({ target }) => change({ mask: target.checked })}
        />
        <CheckField
          label="Say who shared it"
          checked={showAuthor}
          onChange={({ target }) => change({ showAuthor: target.checked })}
        />
      </fieldset>
    </>
  )
}
