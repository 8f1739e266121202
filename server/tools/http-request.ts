import { httpRequestSpec } from '@/engine/tools/built-in'
import { sendHttp } from '@/server/outbound/send-http'
import { defineTool } from '@/server/tools/tool'

export const httpRequestTool = defineTool(httpRequestSpec, ({ method, url, headers = {}, body }, context) =>
  sendHttp({ method, url, headers, ...(body === undefined ? {} : { body }) }, context),
)
