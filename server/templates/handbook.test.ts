import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readGraph } from '@/engine/graph/read'
import { specs } from '@/nodes/registry/specs'
import { projectRoot } from '@/server/project-root'

const files = [
  'README.md',
  ...readdirSync(path.join(projectRoot, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
]
const examples = files
  .filter((file) => file.endsWith('.md'))
  .flatMap((file): [string, string][] =>
    [...readFileSync(path.join(projectRoot, file), 'utf8').matchAll(/```ya?ml\n(baton: 1\n.*?)```/gs)].map(
      ([, text = ''], at) => [`${file}, example ${at + 1}`, text],
    ),
  )

test('the handbook has examples of workflows', () => {
  expect(examples.map(([name]) => name)).toContain('docs/writing-a-template.md, example 1')
})

test.each(examples)('%s is read as it stands there', (_, text) => {
  expect(readGraph(text, specs)).toMatchObject({ ok: true })
})
