import type { Failure, FailureCode } from '../failure'
import type { ShareInclude } from './options'

/** Messages that quote what was asked for, besides what was answered. */
const quoting: { readonly [code in FailureCode]?: readonly (keyof ShareInclude)[] } = {
  invalid_input: ['input'],
  template_failed: ['prompts'],
  condition_failed: ['prompts'],
  not_boolean: ['prompts'],
  invalid_config: ['prompts'],
  invalid_patch: ['prompts'],
  not_found: ['prompts'],
  unknown_tool: ['prompts'],
  sandbox_error: ['prompts', 'input'],
  missing_secret: ['prompts'],
  budget_exceeded: ['costs'],
  provider_error: ['costs', 'prompts'],
  model_unavailable: ['costs'],
  // These repeat what failed inside, whatever it was.
  item_failed: ['input', 'prompts', 'costs', 'toolArguments'],
  run_failed: ['input', 'prompts', 'costs', 'toolArguments'],
  tool_failed: ['toolArguments'],
  http_status: ['toolArguments'],
  network: ['toolArguments'],
  blocked_address: ['toolArguments'],
}

export const tellsFailure = (code: FailureCode, include: ShareInclude): boolean =>
  include.outputs && (quoting[code] ?? []).every((what) => include[what])

/** What went wrong, in words of its own where those may be seen. */
export function projectFailure(
  { code, message, retry, httpStatus }: Failure,
  include: ShareInclude,
  text: (message: string) => string,
): Failure {
  return {
    code,
    message: tellsFailure(code, include) ? text(message) : 'What went wrong is not shared.',
    ...(retry && { retry: {} }),
    ...(httpStatus !== undefined && { httpStatus }),
  }
}

export const blankFailure: Failure = { code: 'run_failed', message: 'This step is hidden.' }
