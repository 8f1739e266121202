const identifier = /^[A-Za-z][A-Za-z0-9_-]*$/

/** A name of data in plain words: `maxRounds` reads as “Max rounds”, `mail_subject` as “Mail subject”. */
export function fieldTitle(name: string): string {
  if (!identifier.test(name)) return name
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z]+)/g, (_, before: string, begun: string) =>
      begun.length > 1 ? `${before} ${begun}` : `${before} ${begun.toLowerCase()}`,
    )
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
