import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { Control, FieldModel } from './field-model'

type Override = { control?: Control; layout?: FieldModel['layout']; title?: string }

/** By kind and field, where the schema alone doesn't say how a field is best put in. */
const overrides: { readonly [kind: string]: { readonly [field: string]: Override } } = {
  agent: {
    model: { layout: 'shown' },
    prompt: { layout: 'shown' },
    outputSchema: { control: { type: 'schema' } },
  },
  approval: { fields: { layout: 'added' }, timeoutSeconds: { layout: 'shown' } },
  code: { source: { control: { type: 'code' } } },
  gate: {
    'checks.*.of': { title: 'What is graded', layout: 'added' },
    'checks.*.message': { control: { type: 'text', long: true } },
  },
  note: { text: { layout: 'shown', control: { type: 'text', long: true } } },
  output: { value: { layout: 'shown' } },
  router: {
    model: { layout: 'shown' },
    prompt: { layout: 'shown' },
    'routes.*.when': { layout: 'shown' },
    'routes.*.description': { layout: 'added', control: { type: 'text', long: true } },
  },
  team: { lead: { layout: 'shown' }, judge: { layout: 'shown' } },
  tool: { arguments: { control: { type: 'arguments' }, layout: 'shown' } },
  wait: { seconds: { layout: 'shown' }, until: { layout: 'shown' } },
  workflow: { workflow: { control: { type: 'workflow' } }, input: { layout: 'shown' } },
}

export const overrideOf = (kind: string, pattern: string): Override => own(own(overrides, kind) ?? {}, pattern) ?? {}

type Question = (config: JsonObject) => boolean
const mode =
  (...modes: readonly string[]): Question =>
  (config) =>
    modes.includes(String(own(config, 'mode') ?? ''))

/** Fields that mean something only with certain others; `config` is the object that the field is in. */
const relevance: { readonly [field: string]: Question } = {
  'router.model': mode('model'),
  'router.prompt': mode('model'),
  'team.lead': mode('supervisor', 'handoff', 'debate'),
  'team.judge': mode('debate'),
  'team.maxRounds': mode('supervisor', 'handoff', 'debate'),
  'team.combine': mode('parallel'),
  'team.vote': mode('debate'),
  'team.weights': mode('debate'),
  'team.tie': mode('debate'),
  'approval.onTimeout': (config) => own(config, 'timeoutSeconds') !== undefined,
  'http.body': (config) => !['GET', 'HEAD'].includes(String(own(config, 'method') ?? 'GET')),
  'input.fields.*.choices': (field) => field.type === 'choice',
  'approval.fields.*.choices': (field) => field.type === 'choice',
  'input.fields.*.default': (field) => field.type !== 'file',
  'approval.fields.*.default': (field) => field.type !== 'file',
  'wait.seconds': (config) => own(config, 'until') === undefined,
  'wait.until': (config) => own(config, 'seconds') === undefined,
}

/** What holds a value stays in sight: it may be what a problem speaks of. */
export function isRelevant(kind: string, pattern: string, around: Json | undefined): boolean {
  const config = around !== undefined && isJsonObject(around) ? around : {}
  const question = own(relevance, `${kind}.${pattern}`)
  return question === undefined || question(config) || own(config, pattern.split('.').at(-1) ?? '') !== undefined
}
