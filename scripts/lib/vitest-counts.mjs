import { existsSync, readFileSync } from 'node:fs'

/**
 * Passed and failed tests of a vitest run, from its JSON report. What vitest counts nowhere counts as one failure each:
 * a file that could not be loaded, a run that died, an error outside of every test.
 */
export function countTests(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, notes: ['vitest wrote no report'] }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const passed = report.numPassedTests
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = report.numFailedTests + unloaded.length
  const notes = unloaded.map((file) => `${file.name} could not be run: ${file.message ?? ''}`)
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, notes: [`vitest ended with code ${exitCode}`] }
  return { passed, failed, notes }
}
