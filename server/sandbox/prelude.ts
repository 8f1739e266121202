import { maxLogLength } from '@/server/sandbox/protocol'

/**
 * Runs inside, before the code does, and keeps the functions that the code could replace later. It is the guest's own
 * JavaScript: no function of the host is reachable from inside, not even for logging.
 */
export const prelude = `(function () {
  'use strict'
  const { parse, stringify } = JSON
  const { keys, defineProperty } = Object
  const { String: textOf, TypeError: NotJson } = globalThis
  let logs = ''
  const show = (value) => {
    if (typeof value === 'string') return value
    try { return stringify(value) ?? textOf(value) } catch { return '[not JSON]' }
  }
  const log = (...values) => {
    if (logs.length > ${maxLogLength}) return
    let line = ''
    for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : ' ') + show(values[i])
    logs += line + '\\n'
  }
  const define = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true })
  define('console', { log, info: log, warn: log, error: log, debug: log })
  return {
    setGlobals(json) {
      const globals = parse(json)
      const names = keys(globals)
      for (let i = 0; i < names.length; i++) define(names[i], globals[names[i]])
    },
    toJson(value) {
      if (typeof value === 'function' || typeof value === 'symbol') throw new NotJson('it is a ' + typeof value)
      return stringify(value) ?? 'null'
    },
    describe(error) {
      if (typeof error !== 'object' || error === null) return show(error)
      try {
        const { name, message, stack } = error
        if (typeof message !== 'string') return show(error)
        return stringify({ name: textOf(name), message, stack: textOf(stack) })
      } catch {
        return 'it threw something that cannot be shown'
      }
    },
    takeLogs: () => logs,
  }
})()`
