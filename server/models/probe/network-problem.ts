import { NodeError } from '@/engine/failure'
import type { ProbeCode, ProbeProblem } from '@/server/models/probe/types'

const notTls = /WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|^ERR_TLS|^ERR_SSL/

/** Why nothing came back. The address is the one that the asker entered, so it may be named. */
export function networkProblem(
  error: unknown,
  { baseUrl, limitMs }: { baseUrl: string; limitMs: number },
): ProbeProblem {
  const url = new URL(baseUrl)
  const { hostname, host } = url
  if (isTimeout(error)) return timeout(host, limitMs)
  if (error instanceof NodeError && error.failure.code === 'blocked_address')
    return { code: 'blocked_address', message: error.message }
  if (error instanceof NodeError && / redirects to /.test(error.message))
    return { code: 'redirect', message: error.message }
  const code = systemCode(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const message = `No address is known for ${hostname}. Check how it is spelled, and that the machine on which Baton runs can look it up.`
    return { code: 'dns', message }
  }
  if (code === 'ECONNREFUSED')
    return { code: 'refused', message: `Nothing listens at ${host}. ${refusedHint(hostname)}` }
  if (code === 'ETIMEDOUT' || code.startsWith('UND_ERR_CONNECT_TIMEOUT')) return timeout(host, limitMs)
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return { code: 'network', message: `There is no way from this machine to ${host} (${code}).` }
  }
  if (notTls.test(code)) {
    return {
      code: 'not_tls',
      message: `${host} does not speak TLS. The address probably begins with http:// and not https://.`,
      suggestion: { baseUrl: baseUrl.replace(/^https:/, 'http:') },
    }
  }
  if (untrusted.test(code)) {
    const message = `The certificate of ${host} is not trusted (${code}). Give the server one that this machine trusts, or start Baton with NODE_EXTRA_CA_CERTS set to your own authority.`
    return { code: 'tls', message }
  }
  const hint = url.protocol === 'http:' ? ' If it expects TLS, the address begins with https://.' : ''
  return { code: 'network', message: `${host} broke off the connection without an answer.${hint}` }
}

const refusedHint = (hostname: string): string =>
  /^(localhost|127\.|\[::1\])/.test(hostname)
    ? 'Is the server running? In a container, localhost is the container itself: use the address of the host, such as host.docker.internal.'
    : 'Is the server running, and does it accept connections from other machines?'

const timeout = (host: string, limitMs: number): { code: ProbeCode; message: string } => ({
  code: 'timeout',
  message: `${host} did not answer within ${Math.round(limitMs / 100) / 10} s. A local model may still be loading: try again in a moment. Otherwise a firewall may be in between.`,
})

const causes = function* (error: unknown): Generator<object> {
  for (let here = error, depth = 0; typeof here === 'object' && here !== null && depth < 6; depth += 1) {
    yield here
    if (here instanceof AggregateError) for (const inner of here.errors) yield* causes(inner)
    here = (here as { cause?: unknown }).cause
  }
}

const isTimeout = (error: unknown): boolean =>
  [...causes(error)].some((cause) => (cause as { name?: unknown }).name === 'TimeoutError')

function systemCode(error: unknown): string {
  let found = ''
  for (const cause of causes(error)) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string') found = code
  }
  return found
}
