import { isJsonObject, type Json, own } from '@/engine/json'
import { clean } from '@/server/models/openai/failure'
import type { ProbeProblem } from '@/server/models/probe/types'
import type { Connection } from '@/server/models/types'

export type Heard = { status: number; json: Json | undefined }

/** What the endpoint says for itself, without anything that looks like a key. */
function saidBy({ json }: Heard, connection: Connection): string {
  const error = isJsonObject(json) ? own(json, 'error') : undefined
  const told = isJsonObject(error) ? own(error, 'message') : error
  return typeof told === 'string' && told.trim() !== '' ? ` It says: ${clean(told.trim(), connection)}` : ''
}

const codeIn = ({ json }: Heard): string => {
  const error = isJsonObject(json) ? own(json, 'error') : undefined
  return isJsonObject(error) ? `${own(error, 'code') ?? ''} ${own(error, 'type') ?? ''}` : ''
}

/** An answer that came and is no success; 404 is looked at by whoever asked, because it depends on for what. */
export function statusProblem(heard: Heard, connection: Connection): ProbeProblem {
  const { status } = heard
  const said = saidBy(heard, connection)
  if (status === 402 || /insufficient_quota/.test(codeIn(heard)))
    return { code: 'no_credit', message: `The account has no credit left (${status}).${said}` }
  if (status === 401) {
    const message =
      connection.apiKey === null ? 'It asks for a key (401), and none is given.' : 'It does not accept the key (401).'
    return { code: 'unauthorized', message: `${message}${said}` }
  }
  if (status === 403) return { code: 'forbidden', message: `The key is known but may not do this (403).${said}` }
  if (status === 429)
    return { code: 'rate_limited', message: `It is reachable and limits how often it may be asked (429).${said}` }
  if (status >= 500) return { code: 'server_error', message: `It answers with an error of its own (${status}).${said}` }
  return { code: 'rejected', message: `It rejects the request (${status}).${said}` }
}

export const isMissingModel = (heard: Heard): boolean => {
  const text = JSON.stringify(heard.json ?? '')
  return (
    (heard.status === 404 || heard.status === 400) && /model/i.test(text) && /not|exist|unknown|invalid/i.test(text)
  )
}
