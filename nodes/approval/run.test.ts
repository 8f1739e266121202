import { describe, expect, it } from 'vitest'
import type { ResumeCause } from '@/engine/run/events'
import { enter, nodeContext } from '../testing/context'
import { approvalRun } from './run'
import { approvalSpec } from './spec'

const config = { title: 'Publish {{ a.name }}?', message: '{{ a.text }}', timeoutSeconds: 60 }
const run = (resumed: ResumeCause | null, more: object = {}) =>
  enter(
    approvalRun,
    nodeContext(approvalSpec, {
      config: { ...config, ...more },
      resumed,
      values: { a: { name: 'It', text: 'Words' } },
    }),
  )

describe('an approval', () => {
  it('asks with its title and message, and is rejected at the deadline unless it says otherwise', async () => {
    expect(await run(null)).toEqual({
      wait: {
        reason: 'approval',
        title: 'Publish It?',
        message: 'Words',
        fields: [],
        timeoutSeconds: 60,
        onTimeout: 'reject',
      },
    })
    expect(await run(null, { timeoutSeconds: undefined, onTimeout: 'fail' })).toEqual({
      wait: { reason: 'approval', title: 'Publish It?', message: 'Words', fields: [], onTimeout: 'fail' },
    })
  })

  it('asks again when nobody has decided', async () => {
    expect(await run({ type: 'takeover', died: true })).toEqual(await run(null))
  })

  it.each(['approved', 'rejected'] as const)(
    'lets what arrived go on as %s, and tells who decided',
    async (decision) => {
      const by = { type: 'person', id: 'p1', name: 'Ada' } as const
      expect(await run({ type: 'decision', decision, comment: 'Well', by, fields: { n: 1 } })).toEqual({
        pass: true,
        ports: [decision],
        detail: { decision, comment: 'Well', by, fields: { n: 1 } },
      })
      expect(await run({ type: 'decision', decision, by: { type: 'deadline' } })).toMatchObject({
        detail: { comment: null, by: { type: 'deadline' }, fields: {} },
      })
    },
  )
})
