import type { Checked } from '@/components/editor/store/problems-of'
import type { Answer, Question } from '@/components/editor/store/problems-worker'
import type { Problem } from '@/engine/plan/plan'

export type FindProblems = (checked: Checked) => Promise<readonly Problem[]>

type Waiting = { checked: Checked; resolve: (problems: readonly Problem[] | Promise<readonly Problem[]>) => void }

/**
 * Checks drafts in a worker: with hundreds of nodes that takes longer than a frame, and somebody is typing. Where there is
 * no worker to be had it is done here.
 */
export function findInWorker(): { find: FindProblems; close: () => void } {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let isBroken = false
  let last = 0

  const open = (): Worker => {
    const opened = new Worker(new URL('./problems-worker.ts', import.meta.url), { type: 'module' })
    opened.addEventListener('message', ({ data: { number, problems } }: MessageEvent<Answer>) => {
      waiting.get(number)?.resolve(problems)
      waiting.delete(number)
    })
    opened.addEventListener('error', () => {
      isBroken = true
      for (const { checked, resolve } of waiting.values()) resolve(findHere(checked))
      waiting.clear()
    })
    return opened
  }
  const find: FindProblems = ({ graph, pins, connections }) => {
    const checked = { graph, pins, connections }
    if (isBroken) return findHere(checked)
    worker ??= open()
    last += 1
    const question: Question = { number: last, checked }
    worker.postMessage(question)
    return new Promise((resolve) => waiting.set(question.number, { checked, resolve }))
  }
  return { find, close: () => worker?.terminate() }
}

const findHere: FindProblems = async (checked) =>
  (await import('@/components/editor/store/problems-of')).problemsOf(checked)
