/** Prisma passes `%` and `_` on to LIKE. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)
