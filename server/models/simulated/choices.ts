import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { numberIn, objectIn } from '@/engine/schema/schema-rules'
import type { Chance } from '@/server/models/simulated/chance'
import type { Reading } from '@/server/models/simulated/reading'

type Making = { reading: Reading; chance: Chance }

const endings = /^(done|finish(ed)?|end|stop|final|none|complete(d)?|answer|accept|approve[d]?|conclude)$/i

/**
 * Chooses among allowed values or alternatives. One that ends the matter (`finish`) is taken when everybody else has had a
 * turn, and not before: whoever leads asks each of the others once.
 */
export function chooseOption(options: readonly Json[], making: Making, name: string): Json {
  const { prompt } = making.reading
  const labels = options.map((option) => labelOf(option))
  const ending = labels.findIndex((label) => endings.test(label))
  if (ending >= 0 && options.length > 1) {
    const waiting = options.filter((_, index) => index !== ending && !hasSpoken(labels[index] ?? '', prompt))
    return waiting[0] ?? options[ending] ?? null
  }
  const fresh = turnTaking.test(name) ? options.find((_, index) => !hasSpoken(labels[index] ?? '', prompt)) : undefined
  if (fresh !== undefined) return fresh
  const mentioned = options.filter((_, index) => mentions(prompt, labels[index] ?? ''))
  if (mentioned.length === 1 && mentioned[0] !== undefined) return mentioned[0]
  const described = bestDescribed(options, labels, making.reading)
  if (described !== undefined) return described
  const meant = options.filter((_, index) => !leftovers.test(labels[index] ?? ''))
  const [first = null, ...rest] = meant.length > 0 ? meant : options
  return making.chance.pick<Json>([first, ...rest])
}

const leftovers = /^(otherwise|other|unknown|default)$/i

/** Instructions often say what each option is for (`- billing: invoices, refunds`): the one that shares most words. */
function bestDescribed(
  options: readonly Json[],
  labels: readonly string[],
  { instructions, prompt }: Reading,
): Json | undefined {
  const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
  const asked = words(prompt)
  const shared = labels.map((label) => {
    const line = instructions.split('\n').find((each) => each.startsWith(`- ${label}:`)) ?? ''
    return [...words(line)].filter((word) => asked.has(word)).length
  })
  const most = Math.max(...shared)
  return most > 0 ? options[shared.indexOf(most)] : undefined
}

/** An alternative is known by its fixed field: `{action: {const: "finish"}}`. */
function labelOf(option: Json): string {
  if (!isJsonObject(option)) return String(option)
  for (const field of Object.values(objectIn(option, 'properties'))) {
    if (!isJsonObject(field)) continue
    const fixed = own(field, 'const')
    if (typeof fixed === 'string') return fixed
    const values = own(field, 'enum')
    if (Array.isArray(values) && values.length === 1) return String(values[0])
  }
  return ''
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const mentions = (text: string, label: string): boolean =>
  label !== '' && new RegExp(`(^|[^\\p{L}\\p{N}])${literal(label)}($|[^\\p{L}\\p{N}])`, 'iu').test(text)

/** In a transcript a line begins with who speaks (`[round 1] coder:`, `coder#1`); in a list of members it has a dash. */
function hasSpoken(label: string, text: string): boolean {
  if (label === '') return false
  const name = literal(label)
  const line = `^[ \\t]*(\\[[^\\]\\n]{1,30}\\] )?\\**${name}(\\*|#\\d+)*( to [^\\n:]{1,60})?[ \\t]*:`
  return new RegExp(`${line}|(^|[^\\p{L}\\p{N}])${name}#\\d|"from"\\s*:\\s*"${name}"`, 'imu').test(text)
}

const turnTaking = /^(next|to|member|speaker|agent|worker|assignee|delegate)/i

/** A field that hands the turn to somebody, and those of them who haven't had one yet. */
export function turnsIn(item: JsonObject, reading: Reading): { field: string; waiting: readonly Json[] } | null {
  for (const [field, schema] of Object.entries(objectIn(item, 'properties'))) {
    const options = isJsonObject(schema) ? own(schema, 'enum') : undefined
    if (!turnTaking.test(field) || !Array.isArray(options)) continue
    return { field, waiting: options.filter((option) => !hasSpoken(String(option), reading.prompt)) }
  }
  return null
}

export function chooseTruth(name: string, chance: Chance): boolean {
  if (/approv|pass|ok|valid|done|complete|accept|ready|success|relevant/i.test(name)) return true
  if (/error|fail|spam|block|flag|urgent|reject|harm|unsafe/i.test(name)) return false
  return chance.next() < 0.7
}

type Span = { low: number; high: number }

/** Grades come out good, so that a first demo passes its gate; the rest comes from numbers in the prompt or from chance. */
export function chooseNumber(schema: JsonObject, name: string, making: Making, type: 'whole' | 'any'): number {
  const step = numberIn(schema, 'multipleOf') ?? (type === 'whole' ? 1 : undefined)
  const span = spanOf(schema, step)
  const mentioned = numbersIn(making.reading.prompt, name)
  const fitting = mentioned.find((value) => value >= span.low && value <= span.high)
  const isGrade = /score|rating|grade|confidence|quality|probability/i.test(name)
  if (fitting !== undefined && !isGrade) return snap(fitting, span, step)
  const share = isGrade ? 0.8 + making.chance.next() * 0.15 : making.chance.next()
  const raw = span.low + (span.high - span.low) * share
  return snap(step === undefined ? Math.round(raw * 100) / 100 : raw, span, step)
}

/** An amount is looked for beside a currency or with its cents; the rounds of a transcript are no numbers of the matter. */
function numbersIn(prompt: string, name: string): number[] {
  const money = /(amount|total|price|sum|cost)/i.test(name)
    ? (prompt.match(/\b\d{1,9}\.\d{2}\b|\b\d{1,9}(?=\s?(?:EUR|USD|GBP|CHF|€|\$|£))/g) ?? [])
    : []
  const all = prompt.replaceAll(/^\[round \d+\]/gm, '').match(/\b\d{1,9}(?:\.\d{1,4})?\b/g) ?? []
  return [...money, ...all].map(Number)
}

function spanOf(schema: JsonObject, step: number | undefined): Span {
  const nudge = step ?? 0.001
  const above = numberIn(schema, 'exclusiveMinimum')
  const below = numberIn(schema, 'exclusiveMaximum')
  const lows = [numberIn(schema, 'minimum'), above === undefined ? undefined : above + nudge]
  const highs = [numberIn(schema, 'maximum'), below === undefined ? undefined : below - nudge]
  const low = Math.max(...lows.filter((value) => value !== undefined))
  const high = Math.min(...highs.filter((value) => value !== undefined))
  if (Number.isFinite(low)) return { low, high: Number.isFinite(high) ? high : low + Math.max(9, (step ?? 0) * 3) }
  return Number.isFinite(high) ? { low: Math.min(1, high - 9), high } : { low: 1, high: Math.max(10, (step ?? 0) * 3) }
}

function snap(value: number, { low, high }: Span, step: number | undefined): number {
  const inside = Math.min(high, Math.max(low, value))
  if (step === undefined) return inside
  const nearest = Math.round(inside / step) * step
  if (nearest > high) return tidy(Math.floor(high / step) * step)
  return tidy(nearest < low ? Math.ceil(low / step) * step : nearest)
}

/** 3 × 0.1 prints as 0.30000000000000004 otherwise. */
const tidy = (value: number): number => Number(value.toPrecision(12))
