import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { finishing } from '@/server/cli/before-exit'
import { CliError, notRunning } from '@/server/cli/cli-error'
import { type Context, serverAddress } from '@/server/cli/context'
import { withLentKey } from '@/server/cli/lent-key'

export type Client = {
  address: string
  call: <T>(method: string, path: string, body?: unknown) => Promise<T>
  text: (path: string) => Promise<string>
  /** The data of each message of an event stream, from behind `after`. */
  follow: (path: string, after: number) => AsyncGenerator<{ id: number; data: string }>
}

/** Talks to the running server; without a key of one's own, with one that lives as long as the command. */
export async function withClient<T>(context: Context, work: (client: Client) => Promise<T>): Promise<T> {
  const address = serverAddress(context)
  if (address === null) throw notRunning()
  const given = context.variables.BATON_API_KEY
  if (given)
    return finishing(
      () => work(createClient(address, given)),
      async () => {},
    )
  return withLentKey(context, (key) => work(createClient(address, key)))
}

function createClient(address: string, key: string): Client {
  const send = (
    method: string,
    path: string,
    { body, accept, last }: { body?: unknown; accept?: string; last?: number } = {},
  ) => {
    const url = new URL(`/api/v1${path}`, address)
    const content = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${key}`,
      ...(accept === undefined ? {} : { accept }),
      ...(last ? { 'last-event-id': String(last) } : {}),
      ...(content === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
    }
    return new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method, headers }, resolve)
      outgoing.on('error', (error) => reject('code' in error && error.code === 'ECONNREFUSED' ? notRunning() : error))
      outgoing.end(content)
    })
  }
  const read = async (response: IncomingMessage): Promise<string> => {
    const answer = await text(response)
    if ((response.statusCode ?? 0) >= 400) throw refusedBy(response.statusCode ?? 0, answer)
    return answer
  }
  return {
    address,
    call: async (method, path, body) => {
      const answer = await read(await send(method, path, body === undefined ? {} : { body }))
      return (answer === '' ? null : JSON.parse(answer)) as never
    },
    text: async (path) => read(await send('GET', path)),
    async *follow(path, after) {
      const response = await send('GET', path, { accept: 'text/event-stream', last: after })
      if (response.statusCode !== 200) return void (await read(response))
      yield* messagesOf(response)
    },
  }
}

async function* messagesOf(response: IncomingMessage): AsyncGenerator<{ id: number; data: string }> {
  let rest = ''
  response.setEncoding('utf8')
  for await (const piece of response) {
    const parts = (rest + piece).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const lines = part.split('\n')
      const id = lines.find((line) => line.startsWith('id: '))
      const data = lines.find((line) => line.startsWith('data: '))
      if (id && data) yield { id: Number(id.slice(4)), data: data.slice(6) }
    }
  }
}

function refusedBy(status: number, answer: string): CliError {
  try {
    const { detail, problems = [] } = JSON.parse(answer) as { detail?: string; problems?: { message: string }[] }
    return new CliError(
      detail ?? `The server answered ${status}.`,
      problems.map(({ message }) => message),
    )
  } catch {
    return new CliError(`The server answered ${status}.`)
  }
}
