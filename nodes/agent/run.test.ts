import { describe, expect, it } from 'vitest'
import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { Outcome, ToolInfo } from '@/engine/kind/run'
import type { Message, ModelAnswer, ModelRequest } from '@/engine/model/types'
import { answersWith, call, callsTools, says } from '../testing/answers'
import { enter, nodeContext } from '../testing/context'
import { Crash, type Desk, openDesk, type World } from '../testing/desk'
import { agentRun } from './run'
import { agentSpec } from './spec'

const tool = (name: string, risk: ToolInfo['risk'] = 'read'): ToolInfo => ({
  name,
  risk,
  description: `does ${name}`,
  parameters: { type: 'object', properties: { q: { type: 'string' } } },
})
const tools = [tool('look'), tool('note', 'write'), tool('burn', 'danger')]

/** Answers one after the other, whatever is asked. */
const script =
  (...answers: readonly ModelAnswer[]) =>
  (_: ModelRequest, step: string): ModelAnswer => {
    const answer = answers[Number(step.slice(1)) - 1]
    if (answer === undefined) throw new Error(`nobody wrote an answer for ${step}`)
    return answer
  }

type More = Parameters<typeof nodeContext>[1] extends infer P ? Partial<P> : never
const run = (desk: Desk, config: object, more: More = {}): Promise<Outcome> =>
  enter(agentRun, nodeContext(agentSpec, { ...more, config, desk }))
const deskOf = (world: World): Desk => openDesk({ tools, ...world })
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof NodeError ? error.failure.code : String(error)),
  )
const sentTo = (desk: Desk, step: string): readonly Message[] => desk.requests.get(step)?.messages ?? []
const toolReplies = (desk: Desk, step: string): string[] =>
  sentTo(desk, step).flatMap((message) => (message.role === 'tool' ? [message.content] : []))

describe('what an agent asks', () => {
  it('renders its instructions and its prompt and answers with text and usage', async () => {
    const desk = deskOf({ model: script(says('Tea is hot.')) })
    const config = {
      instructions: 'Speak about {{ start.topic }}.',
      prompt: 'Describe {{ start.topic }}',
      temperature: 0.3,
    }
    const outcome = await run(desk, config, { values: { start: { topic: 'tea' } } })
    expect(outcome).toEqual({ output: { text: 'Tea is hot.', usage: { inputTokens: 10, outputTokens: 5, cost: 0.5 } } })
    expect(desk.requests.get('m1')).toEqual({
      model: 'default',
      temperature: 0.3,
      messages: [
        { role: 'system', content: 'Speak about tea.' },
        { role: 'user', content: 'Describe tea' },
      ],
    })
  })

  it('takes what arrives when it has no prompt', async () => {
    const desk = deskOf({ model: script(says('ok')) })
    await run(desk, {}, { input: { a: 1 } })
    expect(sentTo(desk, 'm1')).toEqual([{ role: 'user', content: '{"a":1}' }])
  })

  it('speaks as its role, with the model of the role unless it has one of its own', async () => {
    const role = {
      persona: 'You are Ada.',
      model: 'smart',
      forbiddenTopics: ['politics'],
      requiredOutputs: ['a summary'],
    }
    const desk = deskOf({ model: script(says('ok')) })
    await run(desk, { instructions: 'Work.' }, { role })
    expect(desk.requests.get('m1')?.model).toBe('smart')
    expect(sentTo(desk, 'm1')[0]?.content).toBe(
      'You are Ada.\n\nWork.\n\nNever speak about:\n- politics\n\nYour answer must contain:\n- a summary',
    )
    const other = deskOf({ model: script(says('ok')) })
    await run(other, { model: 'fast' }, { role })
    expect(other.requests.get('m1')?.model).toBe('fast')
  })

  it('is offered only the tools that its role allows', async () => {
    const desk = deskOf({ model: script(says('ok')) })
    await run(desk, { tools: ['look', 'note'] }, { role: { allowedTools: ['look'] } })
    expect(desk.requests.get('m1')?.tools?.map(({ name }) => name)).toEqual(['look'])
  })

  it('gives a team member its task and what was said, even where its own prompt leaves the task out', async () => {
    const turn = { member: 'it', turn: 2, task: 'Count the leaves', from: 'boss', round: 2 }
    const transcript = [{ path: 'crew/boss#1', from: 'boss', to: 'it', round: 1, text: 'Hello' }]
    const desk = deskOf({ model: script(says('ok')) })
    await run(desk, { prompt: 'Be quick.' }, { turn: { ...turn, transcript } })
    expect(sentTo(desk, 'm1')[1]?.content).toBe(
      'What the team has said so far:\n\n[round 1] boss to it:\nHello\n\nBe quick.\n\nYour task:\nCount the leaves',
    )
  })

  it('fails when the model refuses, and when a tool of its own does not exist', async () => {
    expect(await codeOf(run(deskOf({ model: script(says('No.', { finish: 'refused' })) }), {}))).toBe('model_refused')
    expect(await codeOf(run(deskOf({}), { tools: ['nowhere'] }))).toBe('unknown_tool')
  })
})

describe('an answer with a schema', () => {
  const outputSchema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }

  it('becomes data, after one repair if it must', async () => {
    const desk = deskOf({ model: script(says('n is five'), answersWith({ n: 5 })) })
    const outcome = await run(desk, { outputSchema })
    expect(outcome).toMatchObject({ output: { data: { n: 5 }, usage: { inputTokens: 20 } } })
    expect(sentTo(desk, 'm2').at(-1)?.content).toContain('no valid JSON')
  })

  it('fails with invalid_output after the repair, and another attempt goes on behind what is recorded', async () => {
    const desk = deskOf({ model: script(says('x'), answersWith({ n: 'y' }), answersWith({ n: 7 })) })
    expect(await codeOf(run(desk, { outputSchema }))).toBe('invalid_output')
    expect(desk.done).toEqual(['m1', 'm2'])
    expect(await run(desk, { outputSchema }, { attempt: 2 })).toMatchObject({ output: { data: { n: 7 } } })
    expect(desk.done).toEqual(['m1', 'm2', 'm3'])
  })
})

describe('the tools of an agent', () => {
  it('run side by side and are reported in the order of the answer', async () => {
    const waiting: (() => void)[] = []
    const desk = deskOf({
      model: script(callsTools(call('look', { q: 'a' }, 'c1'), call('look', { q: 'b' }, 'c2')), says('done')),
      // Both have to be under way before either may finish.
      tool: ({ arguments: given }) =>
        new Promise<Json>((resolve) => {
          waiting.push(() => resolve(given))
          if (waiting.length === 2) for (const go of waiting.reverse()) go()
        }),
    })
    await run(desk, { tools: ['look'] })
    expect(desk.done.slice(1, 3)).toEqual(['m1.t1', 'm1.t2'])
    expect(sentTo(desk, 'm2').slice(-2)).toEqual([
      { role: 'tool', toolCallId: 'c1', content: '{"q":"a"}' },
      { role: 'tool', toolCallId: 'c2', content: '{"q":"b"}' },
    ])
  })

  it('are told apart from unknown ones, broken arguments and failures, which the model hears of', async () => {
    const calls = [call('fly', {}), call('look', { invalid: '{"q":' }), call('look', 'text'), call('look', { q: 'x' })]
    const tool = () => {
      throw new NodeError({ code: 'tool_failed', message: 'The shelf is empty.' })
    }
    const desk = deskOf({ model: script(callsTools(...calls), says('done')), tool })
    expect(await run(desk, { tools: ['look'] })).toMatchObject({ output: { text: 'done' } })
    const [unknown, broken, text, failed] = toolReplies(desk, 'm2')
    expect(unknown).toBe('Error: There is no tool named fly. The tools are: look.')
    expect(broken).toContain('not a JSON object')
    expect(text).toContain('not a JSON object')
    expect(failed).toBe('Error: The shelf is empty.')
    const again = await run(desk, { tools: ['look'] })
    expect(again).toMatchObject({ output: { text: 'done' } })
    expect(desk.done.filter((step) => step === 'm1.t4')).toHaveLength(1)
  })

  it.each(['budget_exceeded', 'cancelled', 'in_doubt', 'cassette_miss'] as const)(
    'end the node with %s',
    async (code) => {
      const tool = () => {
        throw new NodeError({ code, message: 'no' })
      }
      const desk = deskOf({ model: script(callsTools(call('look', {})), says('done')), tool })
      expect(await codeOf(run(desk, { tools: ['look'] }))).toBe(code)
    },
  )

  it('finish and are recorded before a parked one stops the node', async () => {
    class Parked extends Error {}
    const desk = deskOf({
      model: script(callsTools(call('look', { q: 'park' }), call('look', { q: 'b' })), says('done')),
      tool: async ({ arguments: given }) => {
        if (JSON.stringify(given).includes('park')) throw new Parked()
        return await Promise.resolve('slow but there')
      },
    })
    await expect(run(desk, { tools: ['look'] })).rejects.toBeInstanceOf(Parked)
    expect(desk.recorded('m1.t2')).toBe('slow but there')
  })

  it('are not offered in the last of the allowed model calls', async () => {
    const answers = [1, 2].map((n) => callsTools(call('look', { q: String(n) })))
    const desk = deskOf({ model: script(...answers, says('enough')), tool: () => 'x' })
    expect(await run(desk, { tools: ['look'], maxSteps: 3 })).toMatchObject({ output: { text: 'enough' } })
    expect(desk.requests.get('m2')?.tools).toHaveLength(1)
    expect(desk.requests.get('m3')?.tools).toBeUndefined()
  })

  it('stop with loop_guard when the same call comes three times in a row, whatever the order of its arguments', async () => {
    const same = [callsTools(call('look', { a: 1, b: 2 })), callsTools(call('look', { b: 2, a: 1 }))]
    const desk = deskOf({ model: script(...same, ...same, says('done')), tool: () => 'x' })
    expect(await codeOf(run(desk, { tools: ['look'] }))).toBe('loop_guard')
    expect(desk.done).toEqual(['m1', 'm1.t1', 'm2', 'm2.t1', 'm3'])
    const different = [1, 2, 1, 2, 1].map((n) => callsTools(call('look', { n })))
    const fine = deskOf({ model: script(...different, says('done')), tool: () => 'x' })
    expect(await run(fine, { tools: ['look'] })).toMatchObject({ output: { text: 'done' } })
  })
})

describe('asking before a tool is used', () => {
  it.each([
    ['assisted', ['look', 'note', 'burn']],
    ['supervised', ['note', 'burn']],
    ['managed', ['burn']],
    ['full', []],
  ])('happens by its risk when the autonomy is %s', async (autonomy, asked) => {
    for (const { name } of tools) {
      const desk = deskOf({ model: script(callsTools(call(name, {})), says('done')), tool: () => 'x' })
      const outcome = await run(desk, { tools: [name], autonomy })
      expect('wait' in outcome, `${autonomy} ${name}`).toBe((asked as string[]).includes(name))
    }
  })

  it('is decided by the agent for each tool', async () => {
    const always = deskOf({ model: script(callsTools(call('look', { q: 'a' })), says('done')), tool: () => 'x' })
    expect(await run(always, { tools: [{ tool: 'look', approval: 'always' }], autonomy: 'full' })).toEqual({
      wait: { reason: 'tool_approval', step: 'm1.t1', tool: 'look', arguments: { q: 'a' } },
    })
    const never = deskOf({ model: script(callsTools(call('burn', {})), says('done')), tool: () => 'x' })
    expect(await run(never, { tools: [{ tool: 'burn', approval: 'never' }] })).toMatchObject({
      output: { text: 'done' },
    })
  })

  it('does the others first, then asks one after another, and remembers every decision', async () => {
    const uses: Json[] = []
    const desk = deskOf({
      model: script(
        callsTools(call('burn', { q: '1' }), call('look', { q: '2' }), call('burn', { q: '3' })),
        says('done'),
      ),
      tool: ({ arguments: given, approved }) => {
        uses.push([given, approved ?? false])
        return 'used'
      },
    })
    const config = { tools: ['look', 'burn'] }
    const by = { type: 'person', id: 'p1' } as const
    const first = await run(desk, config)
    expect(first).toMatchObject({ wait: { step: 'm1.t1' } })
    expect(uses).toEqual([[{ q: '2' }, false]])
    const second = await run(desk, config, { resumed: { type: 'decision', step: 'm1.t1', decision: 'approved', by } })
    expect(second).toMatchObject({ wait: { step: 'm1.t3' } })
    expect(uses[1]).toEqual([{ q: '1' }, true])
    // A crash here must not take the first decision for the second one.
    const same = await run(desk, config, { resumed: { type: 'decision', step: 'm1.t1', decision: 'approved', by } })
    expect(same).toEqual(second)
    const rejected = { type: 'decision', step: 'm1.t3', decision: 'rejected', comment: 'too hot', by } as const
    expect(await run(desk, config, { resumed: rejected })).toMatchObject({ output: { text: 'done' } })
    expect(uses).toHaveLength(2)
    expect(toolReplies(desk, 'm2')).toEqual(['used', 'used', 'A person did not allow this call: too hot'])
  })
})

describe('an agent that dies', () => {
  const config = {
    tools: ['look', 'note'],
    outputSchema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
  }
  const world = (): World => ({
    model: script(
      callsTools(call('look', { q: 'a' }), call('note', { q: 'b' }), call('fly', {})),
      callsTools(call('look', { q: 'c' })),
      says('not json'),
      answersWith({ n: 3 }),
    ),
    tool: ({ arguments: given }) => {
      if (JSON.stringify(given).includes('c')) throw new NodeError({ code: 'tool_failed', message: 'no c' })
      return given
    },
  })

  it('goes on from every point with the same output and repeats nothing that is recorded', async () => {
    const whole = deskOf(world())
    const wanted = await run(whole, config)
    const points = whole.results.size
    expect(points).toBe(7)
    for (let survived = 0; survived < points; survived += 1) {
      const desk = deskOf(world())
      desk.survives(survived)
      await expect(run(desk, config)).rejects.toBeInstanceOf(Crash)
      const before = [...desk.results.keys()]
      desk.done.length = 0
      desk.survives(Number.POSITIVE_INFINITY)
      expect(await run(desk, config), `after ${survived} results`).toEqual(wanted)
      expect(desk.done.filter((step) => before.includes(step))).toEqual([])
      expect(Object.fromEntries(desk.results)).toEqual(Object.fromEntries(whole.results))
      expect(Object.fromEntries(desk.requests)).toEqual(Object.fromEntries(whole.requests))
    }
  })
})
