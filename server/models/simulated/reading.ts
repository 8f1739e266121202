import type { Message } from '@/engine/model/types'

/** What the simulated model understood of a conversation. Everything it writes is made of this. */
export type Reading = {
  /** Its first line, where wishes about the form stand; what follows is often somebody else's text. */
  opening: string
  /** The last thing a person or another agent said. */
  prompt: string
  instructions: string
  topic: string
  keywords: readonly [string, string, string]
  sentences: readonly string[]
}

const stopwords = new Set(
  `about above after again against all also although always among and another answer any anything are around ask asks
  because been before being below between bit both brief but call came can careful choose come concise could create
  current day decide describe did does doing done down draft during each edit either else email end even every
  everything exactly explain explore few find first following for from full gather get give given goal goes good got
  grade had has have having help helpful her here him himself his how ideas input instructions into investigate its
  itself join judge just keep kind know known later least less let letter like list long look made make makes many
  market may maybe member might more most much must need needs never new next nor not note notes nothing now off once one only
  other others ought our out output over own page paragraph part per perhaps pick piece plan please poem point points post
  prepare provide put rate rather really reply report research respond return review round said same say schema see
  shall she short should show since size small some something started still story style such suggest summarise
  summarize summary sure system table take task team tell text than thank thanks that the their them then there these
  they thing things think this those three through tips title together tone too topic transcript translate turn two
  under until upon use used user using value values very want was way well went were what when where whether which while
  who whole why will with within without word words work worth would write writer writing wrote yes yet you your
  agent agents assistant model json sentence sentences paragraphs article blog essay hello dear move
  aloud handful link matters matter meet won settle seen side concrete example starting tension taken granted checked
  settled
  auf aus bei bitte das dem den der des die ein eine einen einer eines für ist kurze kurzen kurzer mit nicht oder
  schreibe schreib sich sie text über und uns von was wie wir zum zur`.split(/\s+/),
)

const longText = 280

export function readConversation(messages: readonly Message[]): Reading {
  const prompt = messages.findLast((message) => message.role === 'user')?.content.slice(0, 20_000) ?? ''
  const system = messages.filter((message) => message.role === 'system').map((message) => message.content)
  const instructions = system.join('\n').slice(0, 4_000)
  const ask = askIn(prompt)
  const asked = keywordsOf(ask)
  const found = asked.length > 0 ? asked : keywordsOf(prompt)
  const topic = topicOf(ask, found)
  const [one = topic, two = 'everyday use', three = 'the first result'] = found
  const opening = (ask.trim().split('\n')[0] ?? '').replace(firstLabel, '').slice(0, 400)
  return { opening, prompt, instructions, topic, keywords: [one, two, three], sentences: sentencesOf(prompt) }
}

/** What comes after what was said before: the goal of a team, a task, or else the last paragraph. */
function askIn(prompt: string): string {
  if (
    !/^[^\n]*\b(so far|transcript|context|history|conversation|background)\b[^\n]*:\s*$/im.test(prompt.slice(0, 400))
  ) {
    return goalIn(prompt) ?? prompt
  }
  const task = prompt.lastIndexOf('Your task:\n')
  if (task >= 0) return prompt.slice(task + 11)
  return (
    goalIn(prompt) ??
    prompt
      .trim()
      .split(/\n{2,}/)
      .at(-1) ??
    prompt
  )
}

const goalIn = (prompt: string): string | undefined => prompt.match(/\b(?:the )?goal:\s{0,4}(\S[^\n]*)/i)?.[1]

/** The phrases between stop words (`green tea`, `mid-size cities`), most telling first, as they were written. */
export function keywordsOf(text: string): string[] {
  const found = new Map<string, { phrase: string; count: number; at: number }>()
  let at = 0
  for (const phrase of phrasesIn(text.slice(0, 20_000).replaceAll(label, '; '))) {
    at += 1
    const key = phrase.toLowerCase()
    const known = found.get(key)
    if (!known) found.set(key, { phrase, count: 1, at })
    else {
      known.count += 1
      // The capital of a sentence's first word means nothing.
      if (phrase === key) known.phrase = phrase
    }
  }
  // What is said first weighs as much as one more mention: prompts begin with what they are about.
  const weight = ({ count, at: place }: { count: number; at: number }) => count + 2 / (1 + place)
  return [...found.values()]
    .sort((a, b) => weight(b) - weight(a) || a.at - b.at)
    .slice(0, 12)
    .map((each) => each.phrase)
}

/** `Meeting: …` is about what follows. */
const label = /^[ \t>*#_-]{0,8}\p{L}[\p{L} ]{0,24}:(?=\s)/gmu

const longestPhrase = 3

function* phrasesIn(text: string): Generator<string> {
  let open: string[] = []
  for (const [token] of text.matchAll(/\p{L}[\p{L}\p{N}'’-]*|[^\s\p{L}]+/gu)) {
    const goesOn = /^\p{L}/u.test(token) && token.length > 2 && !stopwords.has(token.toLowerCase())
    if (goesOn) open.push(token)
    if (open.length > 0 && (!goesOn || open.length === longestPhrase)) {
      yield open.join(' ')
      open = []
    }
  }
  if (open.length > 0) yield open.join(' ')
}

export const sentencesOf = (text: string): string[] =>
  (text.match(/[^.!?\n]+[.!?]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))

const labels = 'topic|subject|title|question|theme|product|aim|wish|case|claim|meeting|document|incident|company'
const labelled = new RegExp(String.raw`^[ \t>*#_-]{0,8}(?:${labels})[*_ \t]{0,4}[:=]\s*(.+)$`, 'im')
const firstLabel = new RegExp(`^(?:${labels}):\\s*`, 'i')
const heading = /^#{1,3} (.+)$/m
const introduced =
  /(?<!\p{L})(?:about|über|sobre|regarding|concerning|on the (?:topic|subject) of|on|for)\s+(?!me\b|us\b|you\b|this\b|it\b)(.+)/iu
const command =
  /^(?:please\s+|could you\s+|can you\s+)*(?:write|draft|create|make|give me|give|plan|outline|research|explain|describe|summari[sz]e|review|compose|prepare|list|suggest|brainstorm|find|analy[sz]e|compare|translate|say|tell me)\s+/i

function topicOf(prompt: string, found: readonly string[]): string {
  const named = prompt.match(labelled)?.[1] ?? prompt.match(heading)?.[1]
  if (named) return isQuestion(named) ? subjectOf(keywordsOf(named)) || trimTopic(named) : trimTopic(named)
  const opening = prompt.trim().split(/\n/)[0] ?? ''
  if (isQuestion(opening) && found.length > 0) return found.slice(0, 2).join(' and ')
  const about = opening.match(introduced)?.[1]
  if (about) return trimTopic(about)
  const subject = subjectOf(found)
  if (subject && (prompt.length > longText || /^[[{]/.test(opening))) return subject
  const rest = trimTopic(opening.replace(command, ''))
  return /\p{L}/u.test(rest) ? rest : subject || 'your request'
}

const subjectOf = (found: readonly string[]): string =>
  found[0]?.includes(' ') ? found[0] : found.slice(0, 2).join(' and ')

/** `Can you write …?` asks for a text, not for an answer. */
export const isQuestion = (text: string): boolean =>
  /^(?:what|why|how|who|when|where|which|should|can|could|is|are|do|does|will|would)\b(?! you\b).*\?\s*$/i.test(
    text.trim(),
  )

/** Up to the end of the phrase, and short enough to stand in a sentence. */
function trimTopic(text: string): string {
  const phrase =
    text.split(
      /[.,;:!?](?=\s|$)|[()"“”\n]|\s(?:that|which|who|so that|and then|using|with at|in (?:a|one|two|three|\d+))\s/i,
    )[0] ?? ''
  return phrase.trim().split(/\s+/).slice(0, 9).join(' ').slice(0, 80)
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
