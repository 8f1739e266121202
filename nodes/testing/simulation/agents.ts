import { NodeError } from '@/engine/failure'
import { defineRun, type KindRun, type KindRuns } from '@/engine/kind/run'
import { isOver } from '@/engine/run/state'
import { numberOf } from '@/engine/testing/random'
import { type AgentConfig, agentSpec } from '@/nodes/agent/spec'
import { runs } from '@/nodes/registry/runs'
import type { Driver } from './driver'
import { Parked, Unwanted } from './perform'
import { canonical, refOf } from './values'

const usage = { inputTokens: 1, outputTokens: 1, cost: 0, steps: 1 }

/** Every kind does what it does in earnest, but agents take virtual time and do what their instructions say. */
export const simulatedRuns = (driver: () => Driver): KindRuns => ({ ...runs, agent: simulatedAgent(driver) })

function simulatedAgent(driverOf: () => Driver): KindRun {
  return defineRun<AgentConfig>(agentSpec, async ({ config, path, attempt, input }) => {
    const driver = driverOf()
    const { steps, fails, isOdd } = readInstructions(config.instructions)
    const asked = canonical(input())
    for (let number = 1; number <= steps; number++) await takeStep(driver, path, `m${number}`)
    await driver.world.sleep(driver.world.random() * 30)
    checkWanted(driver)
    const isSpared = isOdd && !/\[\d*[13579]\]/.test(path)
    if (!isSpared && attempt <= fails) throw new NodeError({ code: 'tool_failed', message: `${path} had to fail` })
    return { output: { text: `${path} ${numberOf(asked)}`, usage: { inputTokens: 1, outputTokens: 1, cost: 0 } } }
  })
}

async function takeStep(driver: Driver, path: string, step: string): Promise<void> {
  const { world, state, values } = driver
  if (state.steps.get(path)?.has(step)) return
  checkWanted(driver)
  if (state.run.status === 'paused') throw new Parked()
  const startedAt = Math.round(world.now)
  await world.sleep(1 + world.random() * 40)
  checkWanted(driver)
  const result = refOf(values, numberOf(path + step))
  driver.record([{ type: 'step.completed', path, step, kind: 'model', result, startedAt, usage }])
}

function checkWanted({ closed, state }: Driver): void {
  if (closed !== null || isOver(state.run)) throw new Unwanted()
}

function readInstructions(text: string): { steps: number; fails: number; isOdd: boolean } {
  const match = /^steps=(\d+) fails=(\d+)( odd)?$/.exec(text)
  if (!match) throw new Error(`not instructions for a simulated agent: ${text}`)
  return { steps: Number(match[1]), fails: Number(match[2]), isOdd: match[3] !== undefined }
}
