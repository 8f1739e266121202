import { NodeError } from '@/engine/failure'

export type Deadline = { signal: AbortSignal; reason(): NodeError | undefined; clear(): void }

/** One signal for the caller's abort and the time cap, with nothing left hanging on a long-lived caller's signal. */
export function startDeadline(host: string, timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController()
  let reason: NodeError | undefined
  const stop = (failure: NodeError) => {
    reason ??= failure
    controller.abort(reason)
  }
  const onAbort = () => stop(new NodeError({ code: 'cancelled', message: `The request to ${host} was cancelled.` }))
  const timer = setTimeout(() => {
    stop(
      new NodeError({
        code: 'timeout',
        message: `${host} did not finish its answer within ${timeoutMs} ms.`,
        retry: {},
      }),
    )
  }, timeoutMs)
  caller?.addEventListener('abort', onAbort, { once: true })
  if (caller?.aborted) onAbort()
  return {
    signal: controller.signal,
    reason: () => reason,
    clear: () => {
      clearTimeout(timer)
      caller?.removeEventListener('abort', onAbort)
    },
  }
}
