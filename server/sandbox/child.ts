import wasmBinary from '@jitl/quickjs-wasmfile-release-sync/wasm'
import { createInterface } from 'node:readline'
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from 'quickjs-emscripten'
import { evaluate } from '@/server/sandbox/evaluate'
import type { Question } from '@/server/sandbox/protocol'

// Signals meant for the whole process group must not cut a step off: the server decides when this process ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

const wasmModule = await WebAssembly.compile(new Uint8Array(wasmBinary))
const variant = newVariant(RELEASE_SYNC, { wasmModule })

const say = (line: string) => process.stdout.write(`${line}\n`)

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    // A new instance each time: its own memory, its own globals, nothing left of the step before.
    const quickjs = await newQuickJSWASMModuleFromVariant(variant)
    say(JSON.stringify(evaluate(quickjs, JSON.parse(line) as Question)))
  })
  .on('close', () => process.exit(0))

say('ready')
