import { expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { openDesk } from '../testing/desk'
import { toolRun } from './run'
import { toolSpec } from './spec'

it('a tool is called with rendered arguments and the places of its secrets', async () => {
  const desk = openDesk({
    tool: (use) => ({ ...use, secrets: [...(use.secrets ?? [])].map(({ name, path }) => [name, ...path]) }),
  })
  const config = { tool: 'mail', arguments: { to: '{{ a.to }}', n: '{{ a.n }}', key: { secret: 'mail_key' } } }
  const context = nodeContext(toolSpec, { config, desk, values: { a: { to: 'ada', n: 5 } } })
  expect(await enter(toolRun, context)).toEqual({
    output: {
      tool: 'mail',
      arguments: { to: 'ada', n: 5, key: { secret: 'mail_key' } },
      secrets: [['mail_key', 'key']],
    },
  })
  expect(desk.done).toEqual(['call'])
})
