/** A value that an expression reads, as far as it is known without running it: `each[0].text` and not what comes of `xs[i]`. */
export type Reference = { root: string; path: readonly (string | number)[]; source: string }

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

export function formatReference(root: string, path: readonly (string | number)[]): string {
  const start = plainName.test(root) ? root : `[${JSON.stringify(root)}]`
  return path.reduce<string>((text, key) => text + formatKey(key), start)
}

function formatKey(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return plainName.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

export const referenceTo = (root: string, path: readonly (string | number)[]): Reference => ({
  root,
  path,
  source: formatReference(root, path),
})

/** Each reference once, in the order of the text. */
export function distinct(references: Iterable<Reference>): readonly Reference[] {
  const bySource = new Map<string, Reference>()
  for (const reference of references) if (!bySource.has(reference.source)) bySource.set(reference.source, reference)
  return [...bySource.values()]
}
