import { CliError } from '@/server/cli/cli-error'
import { type Client, withClient } from '@/server/cli/client'
import type { Context } from '@/server/cli/context'
import { checkFile, problemLine, readText } from '@/server/cli/graph-file'
import { type ShownEvent, tell, tellPlace } from '@/server/cli/tell-event'
import type { RunView } from '@/server/runs/run-view'

type Options = { input: string | undefined; json: boolean }

/** Runs a file and shows it as it goes. 0 when it completed, else 1. */
export async function run(context: Context, file: string, { input = '{}', json }: Options): Promise<number> {
  const { graph, problems } = checkFile(file)
  for (const problem of problems) context.err(problemLine(problem))
  if (graph === null) return 1
  const body = { graph, input: readInputText(input), trigger: 'cli' }
  return withClient(context, async (client) => {
    const { id } = await client.call<{ id: string }>('POST', '/runs', body)
    const page = new URL(`/runs/${id}`, client.address).href
    if (!json) context.err(`run ${id}  ${page}`)
    await followToEnd(client, id, (event) => {
      if (!json) tell(event, context.err)
      tellPlace(event, page, context.err)
    })
    const ended = await client.call<RunView>('GET', `/runs/${id}`)
    if (json) context.out(JSON.stringify(ended, null, 2))
    else report(ended, context)
    return ended.status === 'completed' ? 0 : 1
  })
}

function readInputText(text: string): unknown {
  const source = text.startsWith('@') ? readText(text.slice(1)) : text
  try {
    return JSON.parse(source)
  } catch {
    throw new CliError('The input is not valid JSON.', [`--input '{"topic":"tea"}'`, '--input @input.json'])
  }
}

const ends = ['run.completed', 'run.failed', 'run.cancelled']

/** A stream that breaks is taken up behind the last event that came. */
async function followToEnd(client: Client, id: string, show: (event: ShownEvent) => void): Promise<void> {
  let after = 0
  for (let quiet = 0; quiet < 20; quiet += 1) {
    for await (const message of client.follow(`/runs/${id}/events`, after)) {
      const event = JSON.parse(message.data) as ShownEvent
      after = message.id
      quiet = 0
      show(event)
      if (ends.includes(event.type)) return
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new CliError('The server stopped telling about the run. It goes on there.')
}

function report({ status, output, error, usage }: RunView, { out, err }: Context): void {
  if (status === 'completed') out(typeof output === 'string' ? output : JSON.stringify(output, null, 2))
  else
    err(
      `${status}${error === null ? '' : `: ${error.path === undefined ? '' : `${error.path}: `}${error.message} (${error.code})`}`,
    )
  const cost = usage.cost === null ? 'cost unknown' : `$${usage.cost.toFixed(4)}`
  if (usage.steps > 0) err(`${usage.inputTokens} + ${usage.outputTokens} tokens, ${usage.steps} steps, ${cost}`)
}
