import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten'
import { DefaultIntrinsics } from 'quickjs-emscripten'
import { isTooDeep, maxJsonDepth } from '@/engine/json-depth'
import { describeGuestError, GuestError } from '@/server/sandbox/guest-error'
import { prelude } from '@/server/sandbox/prelude'
import { maxLogLength, maxLogLines, type Question, type Reply } from '@/server/sandbox/protocol'

/** Leaves V8's own stack room: beyond about 500 kB its overflow comes first, and that one breaks the instance. */
const stackBytes = 200_000

/** Expects a fresh instance: its memory ends with it, so nothing has to be handed back one by one. */
export function evaluate(quickjs: QuickJSWASMModule, question: Question): Reply {
  const deadline = performance.now() + question.timeoutMs
  let interrupted = false
  const runtime = quickjs.newRuntime({ maxStackSizeBytes: stackBytes })
  // The second line of defence, for the case that nobody is left outside to kill this process.
  runtime.setInterruptHandler(() => {
    interrupted ||= performance.now() > deadline
    return interrupted
  })
  try {
    const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, Promise: false } })
    return run(context, question)
  } catch (error) {
    if (interrupted) return timedOut(question.timeoutMs)
    return isOutOfMemory(error, quickjs.getWasmMemory()) ? outOfMemory : failureOf(error)
  }
}

function run(context: QuickJSContext, question: Question): Reply {
  const inside = context.unwrapResult(context.evalCode(prelude, 'prelude.js'))
  const call = (name: string, ...args: QuickJSHandle[]) =>
    context.callFunction(context.getProp(inside, name), context.undefined, ...args)
  const orThrow = (result: ReturnType<typeof call>, doing: 'running' | 'returning'): QuickJSHandle => {
    if (!result.error) return result.value
    const described = call('describe', result.error)
    if (described.error) throw new GuestError('running', 'InternalError: out of memory')
    throw new GuestError(doing, describeGuestError(context.getString(described.value)))
  }

  orThrow(call('setGlobals', context.newString(question.globals)), 'running')
  const body = orThrow(context.evalCode(`(function () { 'use strict'; ${question.source}\n})`, 'code.js'), 'running')
  const value = orThrow(context.callFunction(body, context.undefined), 'running')
  const json = orThrow(call('toJson', value), 'returning')
  // Asked before the text is copied out of the guest's limited memory.
  if (context.getNumber(context.getProp(json, 'length')) > question.maxOutputBytes) return tooLarge(question)
  const text = context.getString(json)
  if (Buffer.byteLength(text) > question.maxOutputBytes) return tooLarge(question)
  if (isTooDeep(text)) throw new GuestError('returning', `it nests deeper than ${maxJsonDepth} levels`)
  return { type: 'result', value: text, logs: logLines(context.getString(orThrow(call('takeLogs'), 'running'))) }
}

function logLines(logs: string): string[] {
  if (logs === '') return []
  const lines = logs.slice(0, maxLogLength).trimEnd().split('\n')
  const isCut = logs.length > maxLogLength || lines.length > maxLogLines
  return isCut ? [...lines.slice(0, maxLogLines), '… the rest was cut'] : lines
}

const tooLarge = ({ maxOutputBytes }: Question): Reply => ({
  type: 'failed',
  code: 'too_large',
  message: `The code returned more than ${maxOutputBytes} bytes.`,
})

const timedOut = (timeoutMs: number): Reply => ({
  type: 'failed',
  code: 'sandbox_timeout',
  message: `The code did not finish within ${timeoutMs} ms.`,
})

const outOfMemory: Reply = {
  type: 'failed',
  code: 'sandbox_memory',
  message: 'The code used more memory than it may.',
}

/** With no memory left even the error can't be made, and null is thrown; V8 may give up before the interpreter does. */
function isOutOfMemory(error: unknown, memory: WebAssembly.Memory): boolean {
  if (!(error instanceof GuestError)) return error instanceof WebAssembly.RuntimeError
  if (error.message.startsWith('InternalError: out of memory')) return true
  return error.message === 'null' && memory.buffer.byteLength > grownBytes
}

/** An instance begins with 16 MB; one that ran full has grown far beyond. */
const grownBytes = 32_000_000

function failureOf(error: unknown): Reply {
  if (error instanceof GuestError) return { type: 'failed', code: 'sandbox_error', message: error.sentence() }
  const why = error instanceof RangeError ? 'It calls itself or nests too deeply.' : 'It broke its sandbox.'
  return { type: 'failed', code: 'sandbox_error', message: `The code failed. ${why}` }
}
