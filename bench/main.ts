import type { BareSettings } from '@/bench/bare/bare-main'
import type { Role } from '@/bench/child'
import type { WatcherSettings } from '@/bench/live/watcher-main'
import type { ModelSettings } from '@/bench/models/models-main'

const role = process.argv[2]?.startsWith('--role=') ? (process.argv[2].slice('--role='.length) as Role) : null
const settings = (): unknown => JSON.parse(process.argv[3] ?? '{}')

switch (role) {
  case 'load':
    ;(await import('@/bench/load/load-main')).serveLoad()
    break
  case 'trivial':
    ;(await import('@/bench/load/trivial')).serveTrivial()
    break
  case 'bare':
    await (await import('@/bench/bare/bare-main')).serveBare(settings() as BareSettings)
    break
  case 'models':
    await (await import('@/bench/models/models-main')).serveModels(settings() as ModelSettings)
    break
  case 'watcher':
    ;(await import('@/bench/live/watcher-main')).serveWatcher(settings() as WatcherSettings)
    break
  case null:
    process.exitCode = await (await import('@/bench/measure')).measure(process.argv.slice(2))
}
