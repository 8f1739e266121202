import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Graph } from '@/engine/graph/schema'
import { sketchOf } from '@/engine/graph/sketch'
import { SharePicture } from './share-picture'

const word = () => `canary${Math.random().toString(36).slice(2, 10)}`

/** Everything that can be read in the picture: its texts, and the pictures inside it. */
const wordsIn = (html: string) => {
  const drawn = [...html.matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString(),
  )
  expect(drawn.length).toBeGreaterThan(0)
  return {
    texts: html
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    drawn: drawn.join(''),
  }
}

it('tells the title and the line below it that stand in the head of the page, and no other word of the graph', () => {
  for (const count of [1, 40]) {
    const secrets = Array.from({ length: count }, word)
    const graph = Graph.parse({
      baton: 1,
      name: word(),
      description: word(),
      nodes: secrets.map((secret, index) => ({
        id: `n${index}`,
        name: secret,
        kind: 'agent',
        config: { instructions: secret },
        position: { x: index * 300, y: 0 },
      })),
      edges: [],
    })
    const { texts, drawn } = wordsIn(
      renderToStaticMarkup(<SharePicture shared={{ title: 'A title', about: 'A line', sketch: sketchOf(graph) }} />),
    )
    expect(texts).toBe('A title A line')
    expect(drawn).toContain('<rect')
    expect(drawn).not.toContain('canary')
  }
})

it('tells nothing at all where a password is asked for', () => {
  expect(wordsIn(renderToStaticMarkup(<SharePicture shared={null} />)).texts).toBe(
    'A team of AI agents Shared with Baton',
  )
})
