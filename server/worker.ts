import { enableCompileCache, flushCompileCache } from 'node:module'

// Compiling what is imported takes longer than anything else at start; so nothing is imported before this line.
enableCompileCache()
const { runWorker } = await import('@/server/boot/worker')

runWorker().then(
  () => flushCompileCache(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
