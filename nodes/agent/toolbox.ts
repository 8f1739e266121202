import { NodeError } from '@/engine/failure'
import { isJsonObject, type Json, own } from '@/engine/json'
import type { NodeContext, ToolInfo } from '@/engine/kind/run'
import type { ModelTool, ToolCall } from '@/engine/model/types'
import type { AgentConfig } from './spec'

type Autonomy = AgentConfig['autonomy']
type Held = { info: ToolInfo; asks: boolean }
export type Toolbox = ReadonlyMap<string, Held>

const asksAt: Readonly<Record<Autonomy, readonly ToolInfo['risk'][]>> = {
  assisted: ['read', 'write', 'danger'],
  supervised: ['write', 'danger'],
  managed: ['danger'],
  full: [],
}

/** The tools that the agent holds, each with whether a person is asked before it is used. */
export function openToolbox({ config, role, steps }: NodeContext<AgentConfig>): Toolbox {
  const held = config.tools.flatMap((item): [string, Held][] => {
    const { tool, approval } = typeof item === 'string' ? { tool: item, approval: null } : item
    if (role?.allowedTools !== undefined && !role.allowedTools.includes(tool)) return []
    const info = steps.toolInfo(tool)
    if (info === null) throw new NodeError({ code: 'unknown_tool', message: `There is no tool named ${tool}.` })
    const asks = approval === null ? asksAt[config.autonomy].includes(info.risk) : approval === 'always'
    return [[tool, { info, asks }]]
  })
  return new Map(held)
}

export const offerOf = (toolbox: Toolbox): readonly ModelTool[] =>
  [...toolbox.values()].map(({ info }) => ({
    name: info.name,
    description: info.description,
    parameters: info.parameters,
  }))

/** Why a call can't be made, in words for the model that wrote it; null when it can. */
export function faultOf(toolbox: Toolbox, call: ToolCall): string | null {
  const held = toolbox.get(call.name)
  if (held === undefined) {
    return `There is no tool named ${call.name}. The tools are: ${[...toolbox.keys()].join(', ')}.`
  }
  if (!isBroken(held.info, call.arguments)) return null
  return 'The arguments of the call are not a JSON object. Call the tool again with valid JSON.'
}

/** What a model wrote that isn't an object arrives as `{invalid: text}`, unless the tool has an argument of that name. */
function isBroken({ parameters }: ToolInfo, given: Json): boolean {
  if (!isJsonObject(given)) return true
  if (typeof given.invalid !== 'string' || Object.keys(given).length !== 1) return false
  const properties = own(parameters, 'properties')
  return !(isJsonObject(properties) && Object.hasOwn(properties, 'invalid'))
}
