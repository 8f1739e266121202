import type { Failure } from '@/engine/failure'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { KindSpecs } from '@/engine/kind/spec'
import type { PathKey } from '@/engine/path'
import { makeRef, type Ref } from '@/engine/payload'
import { compile } from '@/engine/plan/compile'
import type { Plan } from '@/engine/plan/plan'
import { afterFailure } from '@/engine/run/after-failure'
import { cancelFacts, decide } from '@/engine/run/decide'
import type { Fact, Opening, RunEvent, Waiting } from '@/engine/run/events'
import { followFact } from '@/engine/run/follow'
import { newRun, reduce } from '@/engine/run/reduce'
import { restartPaths } from '@/engine/run/restart'
import { type Instance, newSchedule } from '@/engine/run/schedule'
import { numberOf } from './random'

export const refTo = (value: Json): Ref => makeRef(value, (text) => String(numberOf(text))).ref

export function planOf(graph: Graph, specs: KindSpecs): Plan {
  const compiled = compile(graph, specs)
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'))
  return compiled.plan
}

export type OpenRun = ReturnType<typeof openRun>

/** A run driven by hand: whoever tests says what becomes of the nodes that it hands out. */
export function openRun(plan: Plan) {
  const state = newRun()
  const log: RunEvent[] = []
  /** Handed out and not answered: nodes to perform, boxes to ask for their next move as `box?`. */
  const todo = new Map<string, { instance: Instance; attempt: number }>()
  let schedule = newSchedule(plan)
  let now = 1_000

  const write = (facts: readonly Fact[]) => {
    for (const fact of facts) {
      const event: RunEvent = { ...fact, seq: state.seq + 1, at: now }
      reduce(state, event)
      log.push(event)
      schedule = followFact(schedule, state, fact)
    }
  }

  const run = {
    state,
    log,
    schedule: () => schedule,
    /** What is to be done, in the order in which it was handed out. */
    todo: () => [...todo.keys()],
    types: () => log.map((event) => ('path' in event && event.path ? `${event.type} ${event.path}` : event.type)),
    statusOf: (path: PathKey) => state.nodes.get(path)?.status ?? 'idle',
    /** Writes facts and decides what follows from them. */
    say(...facts: readonly Fact[]) {
      write(facts)
      for (;;) {
        const { facts: decided, commands } = decide(schedule, state, now)
        if (decided.length === 0 && commands.length === 0) return
        write(decided)
        for (const command of commands) {
          if (command.type === 'finish') write([{ type: 'run.completed', output: refTo(null) }])
          else {
            const { key } = command.instance
            const name = { perform: key, advance: `${key}?`, deadline: `${key}!` }[command.type]
            todo.set(name, { instance: command.instance, attempt: 'attempt' in command ? command.attempt : 0 })
          }
        }
      }
    },
    /** The node, or the box that was asked for its next move, is done. */
    done(path: PathKey, ports: readonly string[] = ['out'], output: Json = path) {
      run.say({ type: 'node.completed', path, attempt: taken(path).attempt, output: refTo(output), ports })
    },
    failed(path: PathKey, failure: Partial<Failure> = {}) {
      const { instance, attempt } = taken(path)
      const full: Failure = { code: 'tool_failed', message: `${path} failed`, ...failure }
      const circumstances = { attempt, now, random: 0.5, keep: refTo }
      run.say(afterFailure(instance, state.nodes.get(path), full, circumstances))
    },
    waits(path: PathKey, waiting: Waiting) {
      const wait = (state.waits.get(path) ?? 0) + 1
      run.say({ type: 'node.waiting', path, attempt: taken(path).attempt, wait, waiting })
    },
    opens(path: PathKey, opening: Opening) {
      taken(path)
      const step = `open${(state.openings.get(path)?.length ?? 0) + 1}`
      run.say({ type: 'step.completed', path, step, kind: 'open', result: refTo(null), startedAt: now, opening })
    },
    cancel: () => run.say(...cancelFacts(schedule), { type: 'run.cancelled' }),
    retry: () => run.say({ type: 'run.resumed', restart: restartPaths(plan, state, null) }),
    /** Time goes by. */
    pass(ms: number) {
      now += ms
      run.say()
    },
  }

  function taken(path: PathKey) {
    const name = todo.has(path) ? path : `${path}?`
    const task = todo.get(name)
    if (!task) throw new Error(`${path} was not handed out; there is only: ${run.todo().join(', ')}`)
    todo.delete(name)
    return task
  }

  run.say({ type: 'run.created', v: 1, input: refTo({}), trigger: 'api' }, { type: 'run.started' })
  return run
}
