import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { flush, LostRun } from './flush'

/** Brings what is recorded to the disk without waiting for it. */
export function keepFlushing(drive: Drive, deps: RuntimeDeps): void {
  flush(drive, deps).catch((error) => {
    if (!(error instanceof LostRun)) deps.report(error, { run: drive.runId })
  })
}
