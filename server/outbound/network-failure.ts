import { type Failure, NodeError } from '@/engine/failure'

/** Says what went wrong without the resolved address or the path of the URL: both may be nobody's business. */
export function networkFailure(error: unknown, host: string): NodeError {
  const known = findInCauses(error, (cause) => cause instanceof NodeError)
  if (known instanceof NodeError) return known
  return new NodeError(failureOf(codeOf(error), host), { cause: error })
}

function failureOf(code: string, host: string): Failure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return lost(`No address is known for ${host}.`)
  if (code === 'ECONNREFUSED') return lost(`${host} refused the connection.`)
  if (code.startsWith('UND_ERR_CONNECT_TIMEOUT') || code === 'ETIMEDOUT') {
    return { code: 'timeout', message: `${host} could not be reached in time.`, retry: {} }
  }
  if (certificateCodes.test(code)) {
    return { code: 'network', message: `The certificate of ${host} is not trusted (${code}).` }
  }
  if (code.startsWith('UND_ERR_INVALID_ARG') || code.startsWith('UND_ERR_NOT_SUPPORTED')) {
    return { code: 'invalid_config', message: `The request to ${host} has a method or header that can't be sent.` }
  }
  return lost(`The connection to ${host} broke before the answer was complete.`)
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL/

const lost = (message: string): Failure => ({ code: 'network', message, retry: {} })

const codeOf = (error: unknown): string => {
  const found = findInCauses(error, (cause) => typeof (cause as { code?: unknown }).code === 'string')
  return String((found as { code?: unknown } | undefined)?.code ?? '')
}

function findInCauses(error: unknown, accepts: (cause: object) => boolean, depth = 0): unknown {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined
  if (accepts(error)) return error
  const inner = error instanceof AggregateError ? error.errors : []
  for (const next of [(error as { cause?: unknown }).cause, ...inner]) {
    const found = findInCauses(next, accepts, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
