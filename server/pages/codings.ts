export type Coding = 'br' | 'gzip' | 'identity'

/** Compressed forms of a file, the better one first: the build puts them beside it (`scripts/lib/compress.mjs`). */
export const compressed = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const satisfies readonly { coding: Coding; ending: string }[]

/**
 * The form to send, of those there are (the better one first). What a client accepts it says with weights (RFC 9110,
 * 12.5.3). Where nothing it accepts is there, it gets the file as it is: better than none.
 */
export function chooseCoding(header: string | undefined, available: readonly Coding[]): Coding {
  const weights = weightsIn(header ?? '')
  const weightOf = (coding: Coding) => weights.get(coding) ?? weights.get('*') ?? 0
  const accepted = available.filter((coding) => coding !== 'identity' && weightOf(coding) > 0)
  const best = accepted.reduce<Coding | null>(
    (one, other) => (one !== null && weightOf(one) >= weightOf(other) ? one : other),
    null,
  )
  // Without a weight of its own it is acceptable, and the last choice.
  const plain = weights.get('identity') ?? 0
  return best !== null && weightOf(best) >= plain ? best : 'identity'
}

function weightsIn(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    if (name !== '') weights.set(name, weight === undefined ? 1 : weightOf(weight))
  }
  return weights
}

const weightOf = (text: string): number => (/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0)
