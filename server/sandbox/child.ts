import { createInterface } from 'node:readline'
import wasmBinary from '@jitl/quickjs-wasmfile-release-sync/wasm'
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from 'quickjs-emscripten'
import { evaluate } from '@/server/sandbox/evaluate'
import type { Question } from '@/server/sandbox/protocol'

// Signals meant for the whole process group must not cut a step off: the server decides when this process ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

const wasmModule = await WebAssembly.compile(new Uint8Array(wasmBinary))
const variant = newVariant(RELEASE_SYNC, { wasmModule })

// V8 compiles the interpreter on its first use (30 ms): better before the first step than within its time.
evaluate(await newQuickJSWASMModuleFromVariant(variant), {
  source: 'return JSON.stringify([1].map((n) => n + 1))',
  globals: '{"input":null}',
  timeoutMs: 1_000,
  maxOutputBytes: 1_000,
})

const say = (line: string) => process.stdout.write(`${line}\n`)

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    // A new instance each time: its own memory, its own globals, nothing left of the step before.
    const quickjs = await newQuickJSWASMModuleFromVariant(variant)
    say(JSON.stringify(evaluate(quickjs, JSON.parse(line) as Question)))
  })
  .on('close', () => process.exit(0))

say('ready')
