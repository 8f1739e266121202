import { launch } from '@/bench/baton/launch'

/** A process that only drives runs; whoever starts it waits for the first one. */
export function startWorker({ dataDir, env }: { dataDir: string; env: Record<string, string> }) {
  return launch({ dataDir, env: { ...env, BATON_ROLE: 'worker' } })
}
