import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { recordedFile, recordedFolder } from '@/server/templates/read-recorded'
import { readTemplates } from '@/server/templates/read-templates'
import { recordRun } from '@/server/templates/testing/record-run'

/** Not a test: `npm run record-templates` writes the sample runs with it, of these or of all. */
const wanted = (process.env.RECORD_TEMPLATES ?? '').split(',').filter((id) => id !== '')
const { templates } = await readTemplates()
const chosen = templates.filter(({ id }) => wanted.length === 0 || wanted.includes(id))

describe('the sample run', () => {
  test.concurrent.each(chosen.map((template) => [template.id, template] as const))(
    'of %s is recorded',
    async (id, template) => {
      const recorded = await recordRun(template)
      await mkdir(recordedFolder, { recursive: true })
      await writeFile(recordedFile(id), `${JSON.stringify(recorded)}\n`)
      expect(recorded.events.at(-1)?.type).toBe('run.completed')
    },
  )

  test('is of templates that exist', () => {
    expect(wanted.filter((id) => !templates.some((template) => template.id === id))).toEqual([])
  })
})
