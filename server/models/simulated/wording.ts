import { type JsonObject, own } from '@/engine/json'
import { compilePattern, numberIn } from '@/engine/schema/schema-rules'
import type { Chance } from '@/server/models/simulated/chance'
import { matchingText } from '@/server/models/simulated/matching-text'
import { fieldPhrases } from '@/server/models/simulated/phrases'
import { fill, writeProse } from '@/server/models/simulated/prose'
import { capital, keywordsOf, type Reading } from '@/server/models/simulated/reading'

type Making = { reading: Reading; chance: Chance }

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-15',
  'date-time': '2026-01-15T09:00:00Z',
  time: '09:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
}

const sentences: readonly [string, ...string[]] = [
  '{T} comes down to {a} first, then {b}.',
  'What matters here is {a}, seen from the side of {b}.',
  'The link between {a} and {b} is what makes {t} work.',
  'One concrete example of {a} would settle most questions about {c}.',
]

const sayings: readonly [string, ...string[]] = [
  'On {t}: {a} first, then the rest.',
  'Let us take {t} step by step.',
  'This is how we go about {t}.',
]

/** Arithmetic in the prompt, else something made of its numbers. */
export function arithmeticIn(text: string): string {
  const written = text.match(/\d[\d.]{0,15}(?:\s{0,3}[-+*/×÷]\s{0,3}\(?\d[\d.]{0,15}\)?)+/)?.[0]
  if (written) return written.replaceAll('×', '*').replaceAll('÷', '/')
  const numbers = text.match(/\b\d+(?:\.\d+)?\b/g)?.slice(0, 3) ?? []
  return numbers.length > 1 ? numbers.join(' + ') : `${numbers[0] ?? '6'} * 7`
}

export const urlIn = (text: string): string | undefined =>
  text.match(/https?:\/\/[^\s"'<>)\]}]+[^\s"'<>)\]}.,;:!?]/)?.[0]

/** By name, where a name says what belongs there. */
function byName(name: string, { reading, chance }: Making): string {
  const { topic, keywords, prompt } = reading
  if (/^(url|uri|link|href|endpoint)$/i.test(name)) return urlIn(prompt) ?? 'https://example.com/'
  if (/^(expression|formula|calculation)$/i.test(name)) return arithmeticIn(prompt)
  if (/^(code|source|script)$/i.test(name)) return 'return { ok: true }'
  if (/^sql$/i.test(name)) return sqlFor(reading)
  if (/^(tz|time_?zone)$/i.test(name)) return 'UTC'
  if (/e-?mail/i.test(name))
    return prompt.match(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}\w/)?.[0] ?? 'someone@example.com'
  if (/^(title|headline|heading|subject)$/i.test(name)) return capital(topic)
  if (/^(query|q|search|topic|term)$/i.test(name)) return topic
  if (/^(tag|keyword|label|category|word|name|term|slug|key|id)$/i.test(name)) {
    return chance.pick<string>([keywords[0], ...keywords.slice(1), ...keywordsOf(prompt)])
  }
  if (/^(task|instructions?|request|todo|action)$/i.test(name)) {
    return fill(
      chance.pick([
        'Work on {t}: start with {a}, then cover {b}.',
        'Take {t} and turn it into something a reader can use; mind {a}.',
      ]),
      reading,
    )
  }
  if (/^(finish|final|result|answer|text|body|content|draft|report|article|reply|response|comment)$/i.test(name))
    return writeProse(reading, chance)
  if (/^(citation|source|ref)$/i.test(name)) {
    const [first, ...rest] = [...prompt.matchAll(/\[([\w-]{2,40})\]/g)].map(([, id]) => id ?? '')
    if (first !== undefined) return chance.pick([first, ...rest])
  }
  if (quoting.test(name)) return quoteOf({ reading, chance }) ?? fill(chance.pick(sentences), reading)
  const phrases = fieldPhrases.find(([names]) => names.test(name))?.[1] ?? sentences
  return fill(chance.pick(/^say$/i.test(name) ? sayings : phrases), reading)
}

/** From the tables and columns that the prompt names. */
function sqlFor({ prompt, instructions }: Reading): string {
  const table = prompt.match(/\b(?:from|table)\s+(\w{2,40})/i)?.[1] ?? 'items'
  const columns = [...new Set([...prompt.matchAll(/\b([a-z]\w{1,40})\s{0,2}=\s{0,2}[$'\d]/g)].map(([, name]) => name))]
  const some = columns.length > 0 ? columns.slice(0, 3).join(', ') : 'id'
  return /\bindex\b/i.test(instructions)
    ? `CREATE INDEX CONCURRENTLY ON ${table} (${some})`
    : `SELECT ${some}, count(*) FROM ${table} GROUP BY ${some}`
}

const quoting = /^(claim|quote|evidence|finding|excerpt|passage|decision|fact)$/i

/** A sentence of the text that was sent, not of the request around it. */
function quoteOf({ reading, chance }: Making): string | undefined {
  const found = reading.sentences.filter(
    (sentence) => sentence.split(/\s+/).length > 3 && !/[?:]$/.test(sentence) && !reading.opening.includes(sentence),
  )
  // What was sent comes first; what others made of it comes behind.
  const [first, ...rest] = found.slice(0, 4).map((sentence) => sentence.replace(/^[-*#>\d.\s]+/, ''))
  return first === undefined ? undefined : chance.pick([first, ...rest])
}

/** What can be looked up in the text, for fields that may be null when it isn't there. */
export function lookUp(name: string, { prompt }: Reading): string | null | undefined {
  if (/e-?mail/i.test(name)) return prompt.match(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}\w/)?.[0] ?? null
  if (/(^|_)(number|no|reference|ref)$/i.test(name)) return prompt.match(/\b[A-Z]{0,4}-?\d[\w-]{2,20}\b/)?.[0] ?? null
  if (/(^|_)date$/i.test(name)) return dateIn(prompt)
  if (/(^|_)(who|owner|assignee|sender|author|due|deadline|starts_on|ends_on)$/i.test(name)) return null
  return undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function dateIn(text: string): string | null {
  const iso = text.match(/\b\d{4}-\d{2}-\d{2}\b/)?.[0]
  if (iso !== undefined) return iso
  const [, day = '', month = '', year = ''] = text.match(/\b(\d{1,2})\.? (\p{L}{3,9}) (\d{4})\b/u) ?? []
  const index = months.indexOf(month.slice(0, 3).toLowerCase())
  return index < 0 ? null : `${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A schema may ask for any length; it doesn't get more than this. */
const longest = 20_000

export function writeField(schema: JsonObject, name: string, making: Making): string {
  const pattern = own(schema, 'pattern')
  const format = own(schema, 'format')
  const least = Math.min(numberIn(schema, 'minLength') ?? 0, longest)
  const most = numberIn(schema, 'maxLength') ?? Number.POSITIVE_INFINITY
  const fixed = typeof format === 'string' ? own(formats, format) : undefined
  const plain = fitLength(fixed ?? byName(name, making), least, most)
  if (typeof pattern !== 'string') return plain
  const compiled = compilePattern(pattern)
  if (compiled === null || compiled.matcher(plain).find()) return plain
  return matchingText(pattern, { least, most, chance: making.chance }) ?? plain
}

/** Cut at a word where one fits, padded with whole words. */
function fitLength(text: string, least: number, most: number): string {
  let characters = [...text]
  while (characters.length < least) characters = [...characters, ' ', ...text]
  if (characters.length > most) {
    const cut = characters.slice(0, most).join('')
    const atWord = cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)).replace(/[\s,;:]+$/, '')
    return [...atWord].length >= Math.max(least, 1) ? atWord : cut
  }
  return characters.join('')
}
