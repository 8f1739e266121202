import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const at = (...parts) => path.join(root, ...parts)

/** The real Node 24 that the npm package `node` brings along; the caller may be an older one. */
export const node24 = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

export function childEnv(extra = {}) {
  const bin = at('node_modules', '.bin')
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    PATH: [bin, process.env.PATH].filter(Boolean).join(path.delimiter),
    ...extra,
  }
}

/**
 * Runs a command to its end. `output: 'show'` lets it write to the terminal, `'stderr'` sends what it prints to
 * stderr (so that a caller's stdout stays clean), `'keep'` returns it.
 */
export function run(command, args, { env = childEnv(), output = 'show', cwd = root } = {}) {
  const stdio = { show: 'inherit', stderr: ['ignore', 2, 2], keep: ['ignore', 'pipe', 'pipe'] }[output]
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: 127, text: `${command}: ${error.message}\n` }))
    child.on('close', (code, signal) => {
      resolve({ code: code ?? (signal ? 1 : 0), text: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

export const runNode = (script, args = [], options = {}) => run(node24, [at(script), ...args], options)

export const runTool = (name, args, options = {}) => {
  const tool = at('node_modules', '.bin', name)
  return existsSync(tool)
    ? run(tool, args, options)
    : Promise.resolve({ code: 127, text: `${name} is not installed\n` })
}
