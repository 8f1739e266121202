import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const TEST_FILE = /`([^`]+\.(?:test|e2e)\.tsx?)`/g
const UNREAL = /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|todo|fails)\b/

/** docs/capabilities.md promises, in a table "what one can do | test file", only what a real test proves. */
export function checkCapabilities(root) {
  const document = path.join(root, 'docs', 'capabilities.md')
  if (!existsSync(document)) return { rows: 0, problems: ['docs/capabilities.md is missing'] }
  const rows = readFileSync(document, 'utf8')
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line))
    .slice(1)
  const problems = rows.flatMap(({ line, number }) => rowProblems(root, line, number))
  if (rows.length === 0) problems.push('docs/capabilities.md has no table')
  return { rows: rows.length, problems }
}

function rowProblems(root, line, number) {
  const files = [...line.matchAll(TEST_FILE)].map((match) => match[1])
  if (files.length === 0) return [`docs/capabilities.md:${number} names no test file: ${line}`]
  return files.flatMap((file) => {
    const place = path.join(root, file)
    if (!existsSync(place)) return [`docs/capabilities.md:${number} names ${file}, which does not exist`]
    return UNREAL.test(readFileSync(place, 'utf8')) ? [`${file} contains skipped or unwritten tests`] : []
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, problems } = checkCapabilities(fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.error(problem)
  console.log(
    problems.length === 0 ? `${rows} capabilities, each with a test` : `${problems.length} capabilities unproven`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}
