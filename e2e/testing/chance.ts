import { randomBytes, randomInt } from 'node:crypto'

/** Values that no code can know beforehand. */
export const word = (prefix = 'w'): string => `${prefix}${randomBytes(6).toString('hex')}`
export const number = (least = 1, most = 1_000_000): number => randomInt(least, most + 1)
export const words = (count: number): string[] => Array.from({ length: count }, () => word())
export const numbers = (count: number): number[] => Array.from({ length: count }, () => number())
export const pick = <T>(...choices: [T, ...T[]]): T => choices[randomInt(choices.length)] ?? choices[0]
