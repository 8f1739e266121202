import type { Api, Body } from './api'
import { word } from './chance'
import { field, graphOf, inputOf, node, outputOf } from './graph'

/** Asks whether something may be published; `more` goes into the approval. */
export const askingGraph = (name: string, more: Body = {}) =>
  graphOf(
    [
      inputOf(field('what')),
      node('gate', 'approval', { title: 'Publish {{ start.what }}?', message: 'About **{{ start.what }}**.', ...more }),
      outputOf('{{ gate.decision }} {{ gate.comment }} {{ gate.fields.tone }}'),
    ],
    ['start gate', 'gate:approved done'],
    { name },
  )

export type Asked = { id: string; title: string }

/** Runs of a workflow that wait for a person, one after the other. */
export async function waitingRuns(api: Api, workflow: string, count: number): Promise<Asked[]> {
  const asked: Asked[] = []
  for (let index = 0; index < count; index += 1) {
    const what = word()
    const { body } = await api.post<{ id: string }>(`/workflows/${workflow}/runs`, { input: { what }, wait: 20 })
    asked.push({ id: body.id, title: `Publish ${what}?` })
  }
  return asked
}
