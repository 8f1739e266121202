import type { Chance } from '@/server/models/simulated/chance'
import { type PhraseKind, phrases } from '@/server/models/simulated/phrases'
import { capital, isQuestion, keywordsOf, type Reading, sentencesOf } from '@/server/models/simulated/reading'

type Kind = PhraseKind | 'summary' | 'revision' | 'review' | 'code' | 'translate'

const kinds: readonly [Kind, RegExp][] = [
  ['summary', /\b(summari[sz]e|summary|tl;?dr|condense|digest|boil down)\b/i],
  ['revision', /\b(improve|revise|rewrite|polish|shorten|tighten|rework|incorporate)\b/i],
  ['translate', /\btranslat(e|ion)\b/i],
  ['review', /\b(review|critique|criticis|feedback|proofread|evaluate|assess|edit(or)?)\b/i],
  ['code', /\b(code|function|script|bug|refactor|implement|programm?|sql|typescript|python)\b/i],
  ['plan', /\b(plan|outline|roadmap|schedule|steps|strategy|break down)\b/i],
  ['mail', /\b(e-?mail|letter|announcement|newsletter|invitation|message to)\b/i],
  ['ideas', /\b(brainstorm|ideas?|suggest|names|slogans?|list)\b/i],
  ['write', /\b(write|draft|compose|story|brief|article|blog|essay|post|writer)\b/i],
  ['research', /\b(research|investigate|find out|explore|gather|analy[sz]e|compare|researcher|analyst)\b/i],
]

/** The prompt decides, then the instructions: a writer who is asked to plan makes a plan. */
function kindOf(reading: Reading): Kind {
  const { opening } = reading
  if (isQuestion(opening)) return 'question'
  const role = reading.instructions.trim().split('\n')[0] ?? ''
  const fits = (text: string) => kinds.find(([, pattern]) => pattern.test(text))
  // Who somebody is says more than the rules that follow, where all sorts of words stand.
  return (fits(opening) ?? fits(role) ?? fits(reading.instructions))?.[0] ?? 'write'
}

export function writeProse(reading: Reading, chance: Chance): string {
  const echoed = reading.opening.match(
    /\b(?:say|reply with|answer with|respond with|repeat)\s*:?\s*["“'](.{1,200}?)["”']/i,
  )?.[1]
  if (echoed) return echoed
  const kind = kindOf(reading)
  const text = writeKind(kind, reading, chance)
  return /\b(?:in )?(?:one|a single) sentence\b/i.test(reading.opening) ? firstSentence(text) : text
}

const firstSentence = (text: string): string => text.match(/^[^\n]*?[.!?](?=\s|$)/)?.[0] ?? text.split('\n')[0] ?? text

function writeKind(kind: Kind, reading: Reading, chance: Chance): string {
  switch (kind) {
    case 'summary':
      return summarise(reading, chance)
    case 'revision':
      return revise(reading, chance)
    case 'review':
      return review(reading)
    case 'code':
      return sketchCode(reading)
    case 'translate':
      return `The built-in model doesn’t translate. A connected one would put this into the other language: “${reading.topic}”.`
    default:
      return fromPhrases(kind, reading, chance)
  }
}

export function fill(template: string, reading: Reading): string {
  const [a, b, c] = reading.keywords
  const values: Record<string, string> = { t: reading.topic, a, b, c }
  return template.replace(/\{([tabcTABC])\}/g, (_, name: string) => {
    const value = values[name.toLowerCase()] ?? ''
    return name === name.toLowerCase() ? value : capital(value)
  })
}

function wantedPoints(reading: Reading, most: number): number {
  const asked = Number(
    reading.opening.match(
      /\b(\d{1,2})\s+(?:\w+\s+)?(?:ideas|names|points|bullets|tips|questions|steps|slogans)\b/i,
    )?.[1],
  )
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, most) : Math.min(3, most)
}

function fromPhrases(kind: PhraseKind, reading: Reading, chance: Chance): string {
  const { openings, points, closings } = phrases[kind]
  const opening = chance.pick<string>(openings)
  const chosen = chance.some<string>(
    points,
    kind === 'plan' ? Math.max(4, wantedPoints(reading, points.length)) : wantedPoints(reading, points.length),
  )
  const closing = chance.pick<string>(closings)
  const numbered = kind === 'plan' || kind === 'research'
  const list = chosen.map((point, index) => `${numbered ? `${index + 1}.` : '-'} ${point}`).join('\n')
  const heading = kind === 'write' || kind === 'plan' ? `## ${capital(reading.topic)}\n\n` : ''
  return fill(`${heading}${opening}\n\n${list}\n\n${closing}`, reading)
}

/** Sentences of the text itself: those that hold most of its key words. */
function summarise(reading: Reading, chance: Chance): string {
  const body = reading.sentences.filter((sentence) => !sentence.startsWith('#') && sentence.split(/\s+/).length > 4)
  if (body.length < 3) return fromPhrases('write', reading, chance)
  const keys = new Set(keywordsOf(reading.prompt).flatMap((phrase) => phrase.toLowerCase().split(' ')))
  const scored = body.map((sentence, index) => {
    const hits = sentence
      .toLowerCase()
      .split(/[^\p{L}\p{N}'’-]+/u)
      .filter((word) => keys.has(word)).length
    return { sentence: sentence.replace(/^[#*\-\d.\s]+/, ''), index, score: hits / Math.sqrt(sentence.length) }
  })
  const best = scored.toSorted((a, b) => b.score - a.score || a.index - b.index).slice(0, 3)
  const lines = best.sort((a, b) => a.index - b.index).map((each) => `- ${each.sentence}`)
  return `The main points on ${reading.topic}:\n\n${lines.join('\n')}`
}

/** The text that was handed over, without its longest sentence: shorter is nearly always better. */
function revise(reading: Reading, chance: Chance): string {
  const text = reading.prompt.slice(reading.prompt.indexOf('\n') + 1).trim()
  const found = sentencesOf(text)
  if (found.length < 4 || !reading.prompt.includes('\n')) return fromPhrases('write', reading, chance)
  const longest = found.reduce((a, b) => (b.length > a.length ? b : a))
  return text
    .replace(longest, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Counts instead of opinions: they are true, and useful enough to work on with. */
function review(reading: Reading): string {
  const lengths = reading.sentences.map((sentence) => sentence.split(/\s+/).length)
  const words = lengths.reduce((sum, length) => sum + length, 0)
  const longest = lengths.indexOf(Math.max(...lengths, 0))
  const example = reading.sentences[longest]?.slice(0, 120) ?? ''
  const [a, b] = reading.keywords
  return [
    `Notes on ${reading.topic}:`,
    '',
    `- **Length.** ${words} words in ${lengths.length} sentences. Decide whether the reader has time for all of them.`,
    `- **Longest sentence** (${lengths[longest] ?? 0} words): “${example}${example.length === 120 ? '…' : ''}” Consider splitting it.`,
    `- **Focus.** “${a}” and “${b}” carry the text; check that the first paragraph already names them.`,
    '- **Proof.** Wherever something is claimed, add the example or the number behind it.',
    '',
    'With these mended it is ready for the next pair of eyes.',
  ].join('\n')
}

function sketchCode(reading: Reading): string {
  const words = reading.keywords.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter((word) => /^[a-z]/i.test(word))
  const name = words
    .slice(0, 3)
    .map((word, index) => (index === 0 ? word.toLowerCase() : capital(word.toLowerCase())))
    .join('')
  return [
    `A first sketch for ${reading.topic}:`,
    '',
    '```js',
    `export function ${name || 'solve'}(input) {`,
    '  if (input === undefined) throw new TypeError("input is missing")',
    '  const steps = Array.isArray(input) ? input : [input]',
    '  return steps.map((step) => ({ step, done: true }))',
    '}',
    '```',
    '',
    'It checks its input first, handles one value and a list alike, and changes nothing outside itself. Tests for an empty list and a missing input come next.',
  ].join('\n')
}
