import { type Detect, type Span, spansOf } from './spans'

/** Keys that say what they are by how they begin. Each is a fixed beginning and one class of characters: linear. */
const known: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:sk|rk|pk)[-_][A-Za-z0-9_-]{8,}/g,
  /\bgh[a-z]_[A-Za-z0-9]{12,}/g,
  /\bgithub_pat_\w{12,}/g,
  /\bgl(?:pat|dt|rt|cbt|ptt|ft|agent|soat)-[\w-]{12,}/g,
  /\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{8,}/g,
  /\bAIza[\w-]{20,}/g,
  /\bya29\.[\w.-]{8,}/g,
  /\bx(?:ox[a-z]|app)-[\w-]{6,}/g,
  /\beyJ[\w-]{6,}(?:\.[\w-]+){0,4}/g,
  /\b(?:hf_|npm_|baton_|whsec_|dop_v1_|shpat_|shpss_|glsa_|rnd_|lin_api_|sq0[a-z]{3}-)[A-Za-z0-9_-]{16,}/g,
  /\bSG\.[\w-]{8,}\.[\w-]{8,}/g,
  /\bhooks\.slack\.com\/services\/[\w/-]+/g,
  /\bAGE-SECRET-KEY-[A-Z0-9]{20,}/g,
]

/** A word that announces what follows it; only what follows is cut. */
const announced: readonly RegExp[] = [
  /\b(?:bearer|basic)[ \t]{1,3}((?=[A-Za-z+/._~=-]{0,80}\d)[A-Za-z0-9+/._~=-]{8,})/gi,
  /\b(?:password|passwd|pwd|passphrase|passwort|kennwort)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?([^\s"',;]{4,200})/gi,
  /\b(?:secret|token|credential|(?:api|access|private|account|client)[_ -]?(?:key|secret|token))["']?[ \t]{0,3}[:=][ \t]{0,3}["']?((?=[^\s"',;]{0,60}\d)[^\s"',;]{6,200})/gi,
]

/** `https://user:password@host` */
const userInfo = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/@"'<>]{1,200}:[^\s/@"'<>]{1,200})@/gi

export const findKnownKeys: Detect = (text) => [
  ...known.flatMap((pattern) => spansOf(text, pattern, 'key')),
  ...announced.flatMap((pattern) => spansOf(text, pattern, 'key', 1)),
  ...spansOf(text, userInfo, 'key', 1),
  ...findPem(text),
]

const pemStart = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g
const pemEnd = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g

/** Up to its end, or up to the end of the text where that is missing. */
function findPem(text: string): Span[] {
  const spans: Span[] = []
  let until = 0
  for (const { index } of text.matchAll(pemStart)) {
    if (index < until) continue
    pemEnd.lastIndex = index
    const end = pemEnd.exec(text)
    until = end ? end.index + end[0].length : text.length
    spans.push({ start: index, end: until, label: 'key' })
  }
  return spans
}

const run = /[A-Za-z0-9+_=-]{20,}/g
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Long words that no language has: letters and digits mixed so evenly that they must have been drawn by lot. */
export const findRandomWords: Detect = (text) =>
  [...text.matchAll(run)].flatMap(({ index, 0: found }): Span[] => {
    if (uuid.test(found) || !found.split(/[_=-]+/).some(isRandom)) return []
    return [{ start: index, end: index + found.length, label: 'key' }]
  })

function isRandom(word: string): boolean {
  if (word.length < 20) return false
  const digits = word.replace(/\D/g, '').length
  const letters = word.replace(/[^A-Za-z]/g, '').length
  return digits >= 2 && letters >= 4 && entropyOf(word) >= 3
}

/** In bits for each character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>()
  for (const sign of word) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length)
  return bits
}
