import { parseArgs } from 'node:util'
import { type PartName, partNames } from '@/bench/result'

export type Options = {
  only: readonly PartName[]
  /** Fewer rounds and smaller loads: a look, not a measurement. */
  quick: boolean
  json: boolean
  /** A folder for CPU profiles of the measured servers. */
  profile: string | null
}

export function readOptions(args: string[]): Options | { problem: string } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    })
    const wanted = values.only?.split(',').map((name) => name.trim()) ?? [...partNames]
    const unknown = wanted.filter((name) => !partNames.some((part) => part === name))
    if (unknown.length > 0)
      return { problem: `There is no part ${unknown.join(', ')}; there are ${partNames.join(', ')}.` }
    const only = partNames.filter((part) => wanted.includes(part))
    return { only, quick: values.quick, json: values.json, profile: values.profile ?? null }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}
