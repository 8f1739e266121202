import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A data folder for one measurement. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
