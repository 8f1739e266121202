import type { Json, JsonObject } from '@/engine/json'
import type { Evaluate } from './frame'
import { type CelFunction, functions, methods } from './functions'
import { macros } from './macros'
import { operators } from './operators'
import { parsePattern } from './patterns'
import { ConditionProblem, countNodes, type Syntax } from './syntax'
import { finite, hasKey, kindOf, read, truth } from './values'
import { failed, spend } from './work'

/** The names that macros around a place have bound; the index is the slot. */
type Locals = readonly string[]

export function compile(node: Syntax, locals: Locals): Evaluate {
  switch (node.op) {
    case 'value': {
      const value = literal(node.args)
      return () => value
    }
    case 'id':
      return identifier(node.args, locals)
    case '.':
      return select(compile(node.args[0], locals), node.args[1])
    case '[]':
      return index(compile(node.args[0], locals), compile(node.args[1], locals))
    case '?:':
      return ternary(node.args, locals)
    case '&&':
    case '||':
      return logic(node.op, compile(node.args[0], locals), compile(node.args[1], locals))
    case '!_': {
      const operand = compile(node.args, locals)
      return (frame) => !truth(operand(frame), '!')
    }
    case '-_':
      return negate(compile(node.args, locals))
    case 'list':
      return list(node.args.map((item) => compile(item, locals)))
    case 'map':
      return object(node.args.map(([key, value]) => [compile(key, locals), compile(value, locals)] as const))
    case 'call':
      return call(node.args, locals)
    case 'rcall':
      return method(node.args, locals)
    case '.?':
    case '[?]':
      throw new ConditionProblem('".?" is not needed: a missing field is null.')
    default: {
      const operator = operators[node.op]
      const [left, right] = [compile(node.args[0], locals), compile(node.args[1], locals)]
      return (frame) => operator(left(frame), right(frame), frame.work)
    }
  }
}

function literal(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof Uint8Array) throw new ConditionProblem('Bytes (b"…") are not supported, use a text.')
  return Number(value)
}

function identifier(name: string, locals: Locals): Evaluate {
  const slot = locals.lastIndexOf(name)
  if (slot >= 0) return (frame) => frame.slots[slot] ?? null
  return (frame) => frame.scope.get(name) ?? null
}

function select(base: Evaluate, field: string): Evaluate {
  return (frame) => read(base(frame), field)
}

function index(base: Evaluate, key: Evaluate): Evaluate {
  return (frame) => read(base(frame), key(frame))
}

function ternary(parts: readonly [Syntax, Syntax, Syntax], locals: Locals): Evaluate {
  const [condition, yes, no] = [compile(parts[0], locals), compile(parts[1], locals), compile(parts[2], locals)]
  return (frame) => (truth(condition(frame), '"? :"') ? yes(frame) : no(frame))
}

function logic(operator: '&&' | '||', left: Evaluate, right: Evaluate): Evaluate {
  const settled = operator === '||'
  return (frame) => (truth(left(frame), operator) === settled ? settled : truth(right(frame), operator))
}

function negate(operand: Evaluate): Evaluate {
  return (frame) => {
    const value = operand(frame)
    if (value === null) return null
    if (typeof value === 'number') return finite(-value)
    throw failed(`"-" needs a number, but got ${kindOf(value)}.`)
  }
}

function list(items: readonly Evaluate[]): Evaluate {
  return (frame) => {
    spend(frame.work, items.length)
    return items.map((item) => item(frame))
  }
}

function object(entries: readonly (readonly [Evaluate, Evaluate])[]): Evaluate {
  return (frame) => {
    spend(frame.work, entries.length)
    return Object.fromEntries(entries.map(([key, value]) => [keyText(key(frame)), value(frame)])) satisfies JsonObject
  }
}

function keyText(key: Json): string {
  if (key === null || typeof key === 'object') throw failed(`A key must be text, but got ${kindOf(key)}.`)
  return String(key)
}

function call([name, args]: readonly [string, readonly Syntax[]], locals: Locals): Evaluate {
  if (name === 'has') return presence(args, locals)
  const known = functions.get(name)
  if (!known) throw unknownFunction(name, [...functions.keys(), 'has'])
  checkCount(name, args.length, known.counts)
  return apply(
    known,
    args.map((arg) => compile(arg, locals)),
  )
}

function method([name, receiver, args]: readonly [string, Syntax, readonly Syntax[]], locals: Locals): Evaluate {
  const macro = macros.get(name)
  if (macro) return loop(name, receiver, args, locals)
  const known = methods.get(name)
  if (!known) throw unknownFunction(name, [...methods.keys(), ...macros.keys()])
  checkCount(name, args.length, known.counts)
  const pattern = args[0]
  if (name === 'matches' && pattern?.op === 'value' && typeof pattern.args === 'string')
    return matches(compile(receiver, locals), pattern.args)
  return apply(
    known,
    [receiver, ...args].map((part) => compile(part, locals)),
  )
}

function loop(name: string, receiver: Syntax, args: readonly Syntax[], locals: Locals): Evaluate {
  const macro = macros.get(name)
  const [variable, ...bodies] = args
  if (!macro || variable?.op !== 'id' || !macro.bodies.includes(bodies.length))
    throw new ConditionProblem(`${name}() needs a variable and an expression, as in items.${name}(item, item.ok).`)
  return macro.build({
    name,
    receiver: compile(receiver, locals),
    slot: locals.length,
    bodies: bodies.map((body) => compile(body, [...locals, variable.args])),
    cost: 1 + bodies.reduce((count, body) => count + countNodes(body), 0),
  })
}

function presence(args: readonly Syntax[], locals: Locals): Evaluate {
  const field = args[0]
  if (args.length !== 1 || (field?.op !== '.' && field?.op !== '[]'))
    throw new ConditionProblem('has() needs one field, as in has(node.field).')
  const base = compile(field.args[0], locals)
  if (field.op === '.') {
    const name = field.args[1]
    return (frame) => hasKey(base(frame), name)
  }
  const key = compile(field.args[1], locals)
  return (frame) => hasKey(base(frame), key(frame))
}

function matches(receiver: Evaluate, source: string): Evaluate {
  const pattern = parsePattern(source)
  if ('problem' in pattern) throw new ConditionProblem(pattern.problem)
  return (frame) => {
    const text = receiver(frame)
    if (text === null) return false
    if (typeof text !== 'string') throw failed(`matches() works on text, but got ${kindOf(text)}.`)
    return pattern.test(text, frame.work)
  }
}

function apply(known: CelFunction, parts: readonly Evaluate[]): Evaluate {
  return (frame) => {
    const values = parts.map((part) => part(frame))
    return values.includes(null) ? known.absent : known.apply(values, frame.work)
  }
}

function checkCount(name: string, count: number, counts: readonly number[]): void {
  if (counts.includes(count)) return
  throw new ConditionProblem(`${name}() takes ${counts.join(' or ')} arguments, not ${count}.`)
}

const unknownFunction = (name: string, known: readonly string[]) =>
  new ConditionProblem(`There is no function ${name}(); there are ${known.join(', ')}.`)
