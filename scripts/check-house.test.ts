import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkHouse } from './check-house.mjs'

describe('the house rules', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'baton-house-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))
  const problemsOf = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
    return checkHouse(root).problems.map((line) => line.split(':')[0])
  }
  const lines = (count: number) => 'export {}\n'.repeat(count)

  test.each([
    ['bare-fetch', 'server/tools/get.ts', 'await fetch(url)'],
    ['bare-fetch', 'nodes/http/run.ts', 'await globalThis.fetch(url)'],
    ['impure-engine', 'engine/decide.ts', 'const now = Date.now()'],
    ['impure-engine', 'engine/decide.ts', 'const now = new Date()'],
    ['impure-engine', 'engine/decide.ts', 'const id = crypto.randomUUID()'],
    ['impure-engine', 'engine/decide.ts', 'setTimeout(run, 1)'],
    ['impure-engine', 'engine/decide.ts', 'Math.random()'],
    ['raw-html', 'components/run/text.tsx', '<p dangerouslySetInnerHTML={x} />'],
    ['prisma-outside-db', 'server/runs/list.ts', "import { PrismaClient } from '@/generated/prisma/client'"],
    ['selective-test', 'engine/decide.test.ts', "test.only('x', f)"],
    ['selective-test', 'engine/decide.test.ts', "describe.skip('x', f)"],
    ['selective-test', 'engine/decide.test.ts', "test.concurrent.skip('x', f)"],
    ['suppressed-type', 'engine/decide.ts', '// @ts-ignore\nconst x: number = text'],
    ['file-length', 'engine/decide.ts', lines(301)],
    ['file-length', 'engine/decide.test.ts', lines(501)],
    ['route-handler', 'app/api/runs/route.ts', 'export {}'],
  ])('%s is noticed in %s', (rule, file, text) => {
    expect(problemsOf(file, text)).toEqual([rule])
  })

  test.each([
    ['server/outbound/client.ts', 'await fetch(url)'],
    ['components/api/client.ts', 'await fetch(url)'],
    ['server/live/rooms.ts', 'await run.fetch(id)\nprefetch(x)\nrefetch()'],
    ['engine/decide.ts', '// never Date.now() in here\nconst at = new Date(event.at)'],
    ['engine/testing/clock.ts', 'Date.now()'],
    ['server/db/prisma.ts', "import { PrismaClient } from '@/generated/prisma/client'"],
    ['engine/decide.ts', lines(300)],
    ['engine/decide.test.ts', lines(500)],
    ['engine/list.ts', 'const company: anything = x.skip(1)'],
  ])('%s may do what it does', (file, text) => {
    expect(problemsOf(file, text)).toEqual([])
  })
})
