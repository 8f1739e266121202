import { isJsonObject } from '@/engine/json'
import { previewOf, type Ref } from '@/engine/payload'
import type { Question } from '@/engine/run/question'
import { isWithheld } from '@/engine/share/projection'
import { plainWords, showPreview } from './value-text'
import { wholeValue } from './values/wire-value'

/** What a decision is about, as far as the log shows it: the message, or what a tool is to be called with. */
export function askedAbout(waiting: Question): string {
  if (waiting.reason === 'doubt') return ''
  if (waiting.reason === 'approval') return isBlank(waiting.message) ? '' : showPreview(shortOf(waiting.message)).text
  return isWithheld(waiting.arguments) ? '' : argumentLines(waiting.arguments)
}

/** The same on one line. */
export const askedLine = (waiting: Question): string => plainWords(askedAbout(waiting)).trim()

/** An empty text is two characters of JSON. */
const isBlank = (ref: Ref): boolean => isWithheld(ref) || ref.size <= 2

const shortOf = (ref: Ref) => ({ hash: '', size: ref.size, preview: previewOf(ref) })

/** `expression: 2 * 21`, one argument a line; what was cut off stays as it is. */
function argumentLines(ref: Ref): string {
  const value = wholeValue(ref)?.value
  if (!isJsonObject(value)) return previewOf(ref)
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${typeof each === 'string' ? each : JSON.stringify(each)}`)
    .join('\n')
}
