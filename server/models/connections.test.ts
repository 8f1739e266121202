import { describe, expect, it } from 'vitest'
import { callModel } from '@/server/models/call-model'
import { aliasNames, bookFromSettings, makeResolve } from '@/server/models/connections'
import { firstModel, listModels } from '@/server/models/openai/list-models'
import { failureOf, optionsFor, request } from '@/server/models/testing/ask'
import { startModelServer } from '@/server/models/testing/model-server'
import { plainFetch } from '@/server/models/testing/plain-fetch'

const nobody = () => Promise.reject(new Error('asked for models'))

describe('the book of a fresh workspace', () => {
  it('is simulated when nothing is set', async () => {
    const resolve = makeResolve(bookFromSettings({}), nobody)
    for (const alias of aliasNames) expect(await resolve(alias)).toEqual({ kind: 'simulated' })
    expect(await callModel(request(), optionsFor(bookFromSettings({})))).toMatchObject({ simulated: true, cost: 0 })
  })

  it.each([
    [{ apiKey: 'k' }, 'https://api.openai.com/v1'],
    [{ baseUrl: 'http://localhost:11434/v1' }, 'http://localhost:11434/v1'],
    [{ apiKey: 'k', baseUrl: 'http://x/v1', model: 'm' }, 'http://x/v1'],
  ])('points every alias at the endpoint of the environment: %j', async (settings, baseUrl) => {
    const resolve = makeResolve(bookFromSettings(settings), async () => 'first')
    for (const alias of aliasNames) {
      const model = 'model' in settings ? settings.model : 'first'
      expect(await resolve(alias)).toMatchObject({ kind: 'endpoint', model, connection: { baseUrl } })
    }
  })

  it('asks the endpoint once which model comes first, passing over those that can’t chat', async () => {
    const server = await startModelServer({ models: ['text-embedding-3-small', 'whisper-1', 'llama-3', 'qwen'] })
    const book = bookFromSettings({ baseUrl: server.url })
    let asked = 0
    const resolve = makeResolve(book, (connection) => {
      asked += 1
      return firstModel(connection, plainFetch)
    })
    const targets = await Promise.all(aliasNames.map((alias) => resolve(alias)))
    expect(targets.map((target) => target.kind === 'endpoint' && target.model)).toEqual([
      'llama-3',
      'llama-3',
      'llama-3',
    ])
    expect(asked).toBe(1)
    const [connection] = book.connections
    if (connection) expect(await listModels(connection, plainFetch)).toHaveLength(4)
    await server.close()
  })

  it('asks again after the list could not be had', async () => {
    let asked = 0
    const resolve = makeResolve(bookFromSettings({ apiKey: 'k' }), async () => {
      asked += 1
      if (asked === 1) throw new Error('down')
      return 'm'
    })
    await expect(resolve('default')).rejects.toThrow('down')
    expect(await resolve('default')).toMatchObject({ model: 'm' })
  })
})

describe('finding a model by name', () => {
  const book = {
    connections: [
      { name: 'router', baseUrl: 'http://r/v1', apiKey: null, models: ['meta/llama'], fallback: 'default' },
      { name: 'main', baseUrl: 'http://m/v1', apiKey: null, models: ['big', 'small'] },
    ],
    aliases: {
      default: { kind: 'endpoint', connection: 'main', model: 'big', fallback: 'main/small' },
      play: { kind: 'simulated' },
    },
  } as const
  const resolve = makeResolve(book, nobody)

  it('takes aliases, connection/model, models with slashes and models that aren’t listed', async () => {
    expect(await resolve('default')).toMatchObject({ model: 'big', fallback: 'main/small' })
    expect(await resolve('router/meta/llama')).toMatchObject({ model: 'meta/llama', fallback: 'default' })
    expect(await resolve('main/brand-new')).toMatchObject({ model: 'brand-new', connection: { name: 'main' } })
    expect(await resolve('play')).toEqual({ kind: 'simulated' })
    expect(await resolve('simulated')).toEqual({ kind: 'simulated' })
  })

  it.each(['other', 'none/x', 'main/', '/big', '', 'constructor', '__proto__'])(
    'refuses %j and lists what is known',
    async (name) => {
      const failure = await failureOf(resolve(name))
      expect(failure.code).toBe('model_unavailable')
      expect(failure.message).toContain('Known: default, play, router/meta/llama, main/big, main/small, simulated.')
    },
  )

  it('says where a model of that name is', async () => {
    expect((await failureOf(resolve('small'))).message).toContain('Write main/small to use it')
    expect((await failureOf(resolve('meta/llama'))).message).toContain('Write router/meta/llama to use it')
  })
})
