import type { JsonObject } from '@/engine/json'
import { invalidOutput, refuseRefusal } from '@/engine/kind/ask'
import { defineRun, type NodeContext, type Outcome } from '@/engine/kind/run'
import { openingMessages } from '@/engine/model/opening'
import { checkOutput, repairMessage } from '@/engine/model/structured'
import { addTally, nothing, tallyOf } from '@/engine/model/tally'
import type { Message, ModelAnswer, ModelRequest } from '@/engine/model/types'
import { answerCalls } from './calls'
import { loopGuard } from './guard'
import { type AgentConfig, agentSpec } from './spec'
import { offerOf, openToolbox } from './toolbox'

type Context = NodeContext<AgentConfig>

/** The same call three times in a row, at the first attempt. */
const mostRepeats = 2
const lastWords: Message = { role: 'user', content: 'You can use no more tools. Give your final answer now.' }

/**
 * Model call, its tool calls, model call, … Entered again after a wait or a crash, it walks the same way over the recorded
 * steps. Another attempt does so too, and may then go one repair and one repeated call further than the one before.
 */
export const agentRun = defineRun(agentSpec, async (context): Promise<Outcome> => {
  const toolbox = openToolbox(context)
  const offer = offerOf(toolbox)
  const schema = context.turn?.decision ?? context.config.outputSchema
  const base = baseRequest(context, schema)
  const guard = loopGuard(mostRepeats + context.attempt)
  let messages = openingMessages(context)
  let usage = nothing
  let repairs = 0
  for (let number = 1; ; number += 1) {
    const tools = repairs === 0 && number < context.config.maxSteps ? offer : []
    if (number === context.config.maxSteps && number > 1 && offer.length > 0 && repairs === 0) {
      messages = [...messages, lastWords]
    }
    const request = { ...base, messages, ...(tools.length === 0 ? {} : { tools }) }
    const answer = refuseRefusal(await context.steps.model(`m${number}`, request))
    usage = addTally(usage, tallyOf(answer))
    if (answer.toolCalls.length > 0 && tools.length > 0) {
      guard(answer.toolCalls)
      const answered = await answerCalls(context, toolbox, { number, calls: answer.toolCalls })
      if (answered.type === 'wait') return { wait: answered.wait }
      messages = [...messages, said(answer), ...answered.messages]
      continue
    }
    if (schema === undefined) return { output: { text: answer.text, usage: { ...usage } } }
    const checked = checkOutput(schema, answer.text)
    if (checked.ok) return { output: { text: answer.text, data: checked.data, usage: { ...usage } } }
    if (repairs >= context.attempt) throw invalidOutput(checked.problems)
    repairs += 1
    messages = [...messages, { role: 'assistant', content: answer.text }, repairMessage(checked.problems)]
  }
})

function baseRequest({ config, role }: Context, schema: JsonObject | undefined): Omit<ModelRequest, 'messages'> {
  const { temperature, maxOutputTokens } = config
  return {
    model: config.model ?? role?.model ?? 'default',
    ...(schema === undefined ? {} : { outputSchema: schema }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  }
}

const said = ({ text, toolCalls }: ModelAnswer): Message => ({ role: 'assistant', content: text, toolCalls })
