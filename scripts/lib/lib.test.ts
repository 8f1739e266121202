import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { digest } from './stamps.mjs'
import { countTests } from './vitest-counts.mjs'

let folder: string
const file = (name: string) => path.join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baton-scripts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the stamp of a build', () => {
  beforeEach(() => {
    mkdirSync(file('engine'))
    writeFileSync(file('engine/plan.ts'), 'export const plan = 1')
  })
  const now = () => digest(['engine', 'gone'], folder)

  test.each([
    ['a changed file', () => writeFileSync(file('engine/plan.ts'), 'export const plan = 2')],
    ['a new file', () => writeFileSync(file('engine/state.ts'), '')],
    ['a removed file', () => rmSync(file('engine/plan.ts'))],
  ])('changes with %s', (_what, change) => {
    const before = now()
    change()
    expect(now()).not.toBe(before)
  })

  test.each([
    ['a touched file', () => utimesSync(file('engine/plan.ts'), new Date(0), new Date(0))],
    ['a test', () => writeFileSync(file('engine/plan.test.ts'), 'test()')],
  ])('does not change with %s', (_what, change) => {
    const before = now()
    change()
    expect(now()).toBe(before)
  })
})

describe('the count of tests', () => {
  const count = (report: object, exitCode: number) => {
    writeFileSync(file('report.json'), JSON.stringify(report))
    const { passed, failed } = countTests(file('report.json'), exitCode)
    return { passed, failed }
  }
  const good = { status: 'passed', assertionResults: [{ status: 'passed' }], name: 'a' }
  const bad = { status: 'failed', assertionResults: [{ status: 'failed' }], name: 'b' }
  const unloaded = { status: 'failed', assertionResults: [], name: 'c' }

  test('is that of the report', () => {
    expect(count({ numPassedTests: 1, numFailedTests: 0, testResults: [good] }, 0)).toEqual({ passed: 1, failed: 0 })
    expect(count({ numPassedTests: 1, numFailedTests: 1, testResults: [good, bad] }, 1)).toEqual({
      passed: 1,
      failed: 1,
    })
  })

  test('takes a file that could not be loaded for a failure', () => {
    expect(count({ numPassedTests: 1, numFailedTests: 0, testResults: [good, unloaded] }, 1)).toEqual({
      passed: 1,
      failed: 1,
    })
  })

  test('takes a run that ended badly for a failure, and one without a report', () => {
    expect(count({ numPassedTests: 1, numFailedTests: 0, testResults: [good] }, 1)).toEqual({ passed: 1, failed: 1 })
    expect(countTests(file('none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})
