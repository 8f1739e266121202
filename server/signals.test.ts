import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '@/server/db/embedded/process'
import { projectRoot } from '@/server/project-root'

describe('a process that is told to stop', () => {
  let folder: string
  let program: string
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'baton-signals-'))
    program = path.join(folder, 'program.mjs')
    const contents = `import { onStopSignal } from '@/server/signals'
      onStopSignal((signal) => console.log('shutting down', signal))
      setInterval(() => {}, 1000)
      console.log('ready')`
    await build({
      stdin: { contents, resolveDir: projectRoot },
      absWorkingDir: projectRoot,
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function start() {
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    const says = (text: string) => until(() => output.includes(text), 10_000)
    await says('ready')
    return { child, says, output: () => output }
  }

  test('shuts down once, however often one Ctrl-C arrives', async () => {
    const { child, says, output } = await start()
    for (let time = 0; time < 3; time += 1) child.kill('SIGINT')
    child.kill('SIGTERM')
    expect(await says('shutting down')).toBe(true)
    expect(await until(() => output().split('shutting down').length > 2, 300)).toBe(false)
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  test('ends at once when it is told again later', async () => {
    const { child, says } = await start()
    child.kill('SIGTERM')
    await says('shutting down SIGTERM')
    const ended = once(child, 'exit')
    const again = setInterval(() => child.kill('SIGINT'), 100)
    const [code] = await ended
    clearInterval(again)
    expect(code).toBe(130)
  })
})
