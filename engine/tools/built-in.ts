import { z } from 'zod'
import { json, jsonObject } from '@/engine/kind/fields'
import { defineToolSpec, type ToolSpec } from '@/engine/tools/tool-spec'

export const httpRequestSpec = defineToolSpec({
  name: 'http_request',
  title: 'HTTP request',
  description:
    'Calls a web address and returns {status, headers, body}. JSON answers come back as data, other text as text. Addresses inside private networks are refused.',
  risk: 'write',
  repeatable: false,
  schema: z.strictObject({
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      .default('GET')
      .meta({ description: 'GET unless set.' }),
    url: z
      .string()
      .min(1)
      .max(8_000)
      .meta({ description: 'The complete address, beginning with https:// or http://.' }),
    headers: z
      .record(z.string().min(1).max(200), z.string().max(20_000))
      .optional()
      .meta({ description: 'Each value is text.' }),
    body: json.optional().meta({ description: 'Sent as JSON; text is sent as it is.' }),
  }),
  effectOf: ({ method }) =>
    method === 'GET' || method === 'HEAD' ? { risk: 'read', repeatable: true } : { risk: 'write', repeatable: false },
})

export const runCodeSpec = defineToolSpec({
  name: 'run_code',
  title: 'Run code',
  description:
    'Runs JavaScript and returns {result, logs}. The source is the body of a function: give the result back with return. No network, files, timers or promises; one second and 64 MB.',
  risk: 'read',
  repeatable: true,
  schema: z.strictObject({
    source: z
      .string()
      .min(1)
      .max(100_000)
      .meta({ description: 'For example: return input.prices.reduce((a, b) => a + b, 0)' }),
    input: jsonObject.optional().meta({ description: 'Available in the code as input.' }),
  }),
})

export const calculatorSpec = defineToolSpec({
  name: 'calculator',
  title: 'Calculator',
  description:
    'Works out an arithmetic expression and returns {result}. Knows + - * / % ^ and parentheses, sqrt cbrt abs round floor ceil trunc sign min max sum exp ln log10 log2 sin cos tan asin acos atan, pi and e.',
  risk: 'read',
  repeatable: true,
  schema: z.strictObject({
    expression: z.string().min(1).max(1_000).meta({ description: 'For example: (12.5 + 7) * 3 ^ 2' }),
  }),
})

export const currentTimeSpec = defineToolSpec({
  name: 'current_time',
  title: 'Current time',
  description: 'Returns the current date and time: {iso, timeZone, local, weekday}.',
  risk: 'read',
  repeatable: true,
  schema: z.strictObject({
    timeZone: z
      .string()
      .max(100)
      .default('UTC')
      .meta({ description: 'An IANA name such as Europe/Berlin; UTC unless set.' }),
  }),
})

/** Known without any server: the compiler, the browser and the documentation read this list. */
export const builtInTools: readonly ToolSpec[] = [httpRequestSpec, runCodeSpec, calculatorSpec, currentTimeSpec]
