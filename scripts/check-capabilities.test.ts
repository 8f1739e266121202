import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCapabilities } from './check-capabilities.mjs'

describe('the list of capabilities', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'baton-capabilities-'))
    mkdirSync(path.join(root, 'docs'))
    writeFileSync(path.join(root, 'good.test.ts'), "test('works', () => {})")
    writeFileSync(path.join(root, 'lazy.test.ts'), "test.todo('works')")
  })
  afterEach(() => rmSync(root, { recursive: true }))
  const problemsOf = (...cells: string[]) => {
    const rows = cells.map((cell) => `| start a run | ${cell} |`)
    const text = ['# Capabilities', '', '| What one can do | Test |', '| --- | --- |', ...rows].join('\n')
    writeFileSync(path.join(root, 'docs', 'capabilities.md'), text)
    return checkCapabilities(root).problems
  }

  test('holds when every row names a test that exists', () => {
    expect(problemsOf('`good.test.ts`')).toEqual([])
  })

  test.each([
    ['`gone.test.ts`', 'does not exist'],
    ['`good.test.ts`, `gone.e2e.ts`', 'does not exist'],
    ['`lazy.test.ts`', 'skipped or unwritten'],
    ['by hand', 'names no test file'],
  ])('fails for %s', (cell, problem) => {
    expect(problemsOf(cell)).toEqual([expect.stringContaining(problem)])
  })

  test('fails when it is missing or empty', () => {
    expect(checkCapabilities(root).problems).toHaveLength(1)
    expect(problemsOf()).toHaveLength(1)
  })
})
