import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '@/server/project-root'

describe('an error that nobody expected', () => {
  let folder: string
  let program: string
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'baton-unexpected-'))
    program = path.join(folder, 'program.mjs')
    const contents = `import { endOnUnexpected } from '@/server/unexpected'
      const never = () => new Promise(() => {})
      const handOver = async () => {
        console.log('handing over')
        if (process.argv[2] === 'stuck') await never()
        if (process.argv[2] === 'failing') throw new Error('no way out')
        setTimeout(() => { throw new Error('one more') })
        await new Promise((resolve) => setTimeout(resolve, 100))
        console.log('handed over')
      }
      endOnUnexpected((error, { doing }) => console.log(doing + ': ' + error.message), handOver, 300)
      const passing = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
      if (process.argv[2] === 'passing') {
        void Promise.reject(passing)
        setTimeout(() => { console.log('alive'); process.exit(0) }, 200)
      } else if (process.argv[2] === 'rejected') void Promise.reject(new Error('nobody heard'))
      else setTimeout(() => { throw new Error('out of the blue') })
      setInterval(() => {}, 1000)`
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

  async function run(how: string) {
    const child = spawn(process.execPath, [program, how], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    return { code, lines: output.trim().split('\n') }
  }

  test('is said, then everything is handed over, also when more goes wrong meanwhile', async () => {
    expect(await run('thrown')).toEqual({
      code: 1,
      lines: ['uncaught exception: out of the blue', 'handing over', 'uncaught exception: one more', 'handed over'],
    })
    expect((await run('rejected')).lines.slice(0, 2)).toEqual(['unhandled rejection: nobody heard', 'handing over'])
  })

  test('ends the process also when it can not hand over', async () => {
    expect(await run('stuck')).toEqual({ code: 1, lines: ['uncaught exception: out of the blue', 'handing over'] })
    expect(await run('failing')).toEqual({
      code: 1,
      lines: ['uncaught exception: out of the blue', 'handing over', 'hand-over: no way out'],
    })
  })

  test('is not a connection that broke while nobody waited for it', async () => {
    expect(await run('passing')).toEqual({ code: 0, lines: ['unhandled rejection: reset', 'alive'] })
  })
})
