import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import type { StepTools } from '@/engine/kind/run'
import { checkOutput, repairMessage } from '@/engine/model/structured'
import type { ModelAnswer, ModelRequest } from '@/engine/model/types'

export function refuseRefusal(answer: ModelAnswer): ModelAnswer {
  if (answer.finish !== 'refused') return answer
  const said = answer.text.trim().slice(0, 300)
  throw new NodeError({
    code: 'model_refused',
    message: said === '' ? 'The model refused to answer.' : `The model refused to answer: ${said}`,
  })
}

export const invalidOutput = (problems: readonly string[]): NodeError =>
  new NodeError({
    code: 'invalid_output',
    message: `The model's answer does not fit its schema, also after it was asked to mend it. ${problems.slice(0, 3).join(' ')}`,
  })

type Ask = {
  steps: Pick<StepTools, 'model'>
  /** The number of the first step: 1 for `m1`. */
  first: number
  request: ModelRequest & { outputSchema: JsonObject }
  /** Each attempt of the node may mend once more, going on behind what is recorded. */
  repairs: number
}

/** Asks for data: a model step, and another one for each repair that is needed. */
export async function askForData({ steps, first, request, repairs }: Ask): Promise<{ data: Json; next: number }> {
  let messages = request.messages
  for (let step = first; ; step += 1) {
    const answer = refuseRefusal(await steps.model(`m${step}`, { ...request, messages }))
    const checked = checkOutput(request.outputSchema, answer.text)
    if (checked.ok) return { data: checked.data, next: step + 1 }
    if (step - first >= repairs) throw invalidOutput(checked.problems)
    messages = [...messages, { role: 'assistant', content: answer.text }, repairMessage(checked.problems)]
  }
}
