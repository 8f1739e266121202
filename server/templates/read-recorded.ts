import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '@/engine/json'
import type { RunEvent } from '@/engine/run/events'
import { templateFolder } from '@/server/templates/read-templates'

/** The log of a run that ships with a template, with every value inside it. A cassette and a sample to look at in one. */
export type Recorded = { recorded: 1; input: JsonObject; events: readonly RunEvent[] }

export const recordedFolder = path.join(templateFolder, 'recorded')
export const recordedFile = (id: string): string => path.join(recordedFolder, `${id}.json`)

/** Null where none ships. `id` is that of a template that was found: it never names another file. */
export async function readRecorded(id: string): Promise<Recorded | null> {
  const text = await readFile(recordedFile(id), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Recorded)
}

export const isRecorded = (id: string): Promise<boolean> =>
  stat(recordedFile(id)).then(
    () => true,
    () => false,
  )
