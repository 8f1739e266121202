import { NodeError } from '@/engine/failure'
import { currentTimeSpec } from '@/engine/tools/built-in'
import { defineTool } from '@/server/tools/tool'

export const currentTimeTool = defineTool(currentTimeSpec, ({ timeZone }, { now }) => {
  const at = new Date(now())
  const parts = partsIn(timeZone, at)
  const date = `${parts.year}-${parts.month}-${parts.day}`
  const offset = parts.timeZoneName?.replace('GMT', '') || '+00:00'
  return {
    iso: at.toISOString(),
    timeZone,
    local: `${date}T${parts.hour}:${parts.minute}:${parts.second}${offset}`,
    weekday: parts.weekday ?? '',
  }
})

function partsIn(timeZone: string, at: Date): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const two = '2-digit'
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, weekday: 'long', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
    return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  } catch {
    throw new NodeError({
      code: 'tool_failed',
      message: `timeZone: "${timeZone}" is not the name of a time zone. Use one like Europe/Berlin.`,
    })
  }
}
