import { type Detect, type Span, spansOf } from './spans'

const at = /@|%40|\\u0040/g
const localPart = /[\p{L}\p{N}._%+'-]{1,64}$/u
const domain = /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u

/** From each @ outwards: looking for addresses from their beginning would look at every word. */
export const findEmails: Detect = (text) => {
  const spans: Span[] = []
  for (const { index, 0: sign } of text.matchAll(at)) {
    const local = localPart.exec(text.slice(Math.max(0, index - 64), index))?.[0]
    const end = index + sign.length
    const host = domain.exec(text.slice(end, end + 600))?.[0]
    if (local === undefined || host === undefined) continue
    spans.push({ start: index - local.length, end: end + host.replace(/[.-]+$/, '').length, label: 'email' })
  }
  return spans
}

/** Digits as people group them. A group is never ambiguous, so this is linear. */
const grouped = /\+?\(?\d(?:[ \t.()/\-\u00a0\u2009\u202f\u2010-\u2015]{0,3}\d){5,}/g

export type Digits = { start: number; end: number; text: string; digits: string }

export function groupedDigits(text: string): Digits[] {
  return [...text.matchAll(grouped)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    text: found,
    digits: found.replace(/\D/g, ''),
  }))
}

const aboutPhones = /(?:phone|tel|mobile|mobil|cell|fax|call|whatsapp|handy|sms)[^\d\n]{0,20}$/i

const american = /(?<![\d+])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)/g

export const findPhones: Detect = (text) => [...spansOf(text, american, 'phone'), ...findGrouped(text)]

const findGrouped: Detect = (text) =>
  groupedDigits(text).flatMap(({ start, end, text: found, digits }): Span[] => {
    if (isInWord(text, start)) return []
    const spoken = () => aboutPhones.test(text.slice(Math.max(0, start - 40), start)) && digits.length <= 15
    return isPhone(found, digits) || spoken() ? [{ start, end, label: 'phone' }] : []
  })

const isInWord = (text: string, start: number): boolean => start > 0 && /[\p{L}\p{N}_]/u.test(text[start - 1] ?? '')

/** With a country's number, or as written inside one: 0170 1234567. Dates and decimals are neither. */
function isPhone(text: string, digits: string): boolean {
  const { length } = digits
  if (text.startsWith('+') || text.startsWith('(+')) return length >= 7 && length <= 24
  if (/^\(?00[1-9]/.test(text)) return length >= 9 && length <= 24
  if (/^\(?0[1-9]/.test(text)) return length >= 8 && length <= 18 && !isDate(text)
  return false
}

const isDate = (text: string): boolean => /^0[1-9][./-](?:0?[1-9]|[12]\d|3[01])[./-](?:\d{2}|\d{4})(?:\D|$)/.test(text)
