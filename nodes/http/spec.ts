import { z } from 'zod'
import { isJsonObject } from '@/engine/json'
import { json, secret, template } from '@/engine/kind/fields'
import { defineSpec } from '@/engine/kind/spec'

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'is not the name of a header')

const config = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET').meta({
    title: 'Method',
    description: 'After a crash in the middle of anything but GET and HEAD, a person is asked (see onDoubt).',
  }),
  url: template({
    title: 'URL',
    description:
      'The web address. May hold {{ references }}; encode what goes into its query with {{ topic | url_encode }}. An answer with a status from 400 fails the node with http_status; use onError to go on.',
  }),
  headers: z
    .record(headerName, z.union([template({ title: 'Header', description: 'May hold {{ references }}.' }), secret]))
    .optional()
    .meta({ title: 'Headers', description: 'Each is text with {{ references }}, or { secret: name }.' }),
  body: json.optional().meta({
    title: 'Body',
    description:
      'Sent as JSON; text is sent as it is. Its texts may hold {{ references }}; { secret: name } stands for a secret.',
  }),
})
export type HttpConfig = z.infer<typeof config>

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

export const httpSpec = defineSpec<HttpConfig>({
  kind: 'http',
  title: 'HTTP request',
  summary: 'Calls a web address and passes on what it answers.',
  family: 'data',
  config,
  ports: () => ['out'],
  expressions: ({ url, headers, body }) => [
    { field: 'url', type: 'text', source: url },
    ...(headers === undefined ? [] : [{ field: 'headers', type: 'structure', source: headers } as const]),
    ...(body === undefined ? [] : [{ field: 'body', type: 'structure', source: body } as const]),
  ],
  work: () => 'steps',
  repeatable: ({ method }) => isRead(method),
  defaultRetries: 0,
  check: ({ method, body }) =>
    body !== undefined && isRead(method)
      ? [
          {
            code: 'invalid_config',
            field: 'body',
            message: `A ${method} request has no body. Remove it, or choose POST.`,
          },
        ]
      : [],
  outputFields: () => ['status', 'headers', 'body'],
  checkOutput: (_config, output) =>
    isJsonObject(output) && typeof output.status === 'number'
      ? null
      : 'an HTTP request gives an object with `status`, `headers` and `body`',
})
