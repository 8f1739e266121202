import { NodeError } from '@/engine/failure'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { defineRun, type HttpRequest, type NodeContext } from '@/engine/kind/run'
import { failureOf, isFailure } from './answer'
import { type HttpConfig, httpSpec, isRead } from './spec'

type Context = NodeContext<HttpConfig>

export const httpRun = defineRun(httpSpec, async (context) => {
  const { steps, attempt } = context
  const request = requestOf(context)
  for (let number = 1; ; number += 1) {
    const step = number === 1 ? 'request' : `request.${number}`
    const known = steps.recorded(step) !== undefined
    const answer = await steps.http(step, request)
    if (!isFailure(answer)) return { output: answer }
    // What is recorded stays: a later attempt asks anew behind the answers that failed the earlier ones.
    if (!known || number >= attempt) throw failureOf(request.url, answer)
  }
})

function requestOf({ config, text, structure, secrets }: Context): HttpRequest {
  const { method, headers, body } = config
  const places = (field: 'headers' | 'body') =>
    secrets(field).map(({ name, path }) => ({ name, path: [field, ...path] }))
  return {
    method,
    url: text('url'),
    headers:
      headers === undefined
        ? {}
        : headersOf(
            structure('headers'),
            places('headers').map(({ path }) => path[1]),
          ),
    repeatable: isRead(method),
    secrets: [...(headers === undefined ? [] : places('headers')), ...(body === undefined ? [] : places('body'))],
    ...(body === undefined ? {} : { body: structure('body') }),
  }
}

/** A header is text. One that has no value is left out. */
function headersOf(rendered: Json, secret: readonly (string | number | undefined)[]): JsonObject {
  const headers = isJsonObject(rendered) ? rendered : {}
  const entries = Object.entries(headers).flatMap(([name, value]): [string, Json][] => {
    if (value === null) return []
    if (typeof value !== 'object') return [[name, String(value)]]
    if (secret.includes(name)) return [[name, value]]
    throw new NodeError({
      code: 'invalid_input',
      message: `The header ${name} must be text, and its reference gave data.`,
    })
  })
  return Object.fromEntries(entries)
}
