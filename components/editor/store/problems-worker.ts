import { type Checked, problemsOf } from '@/components/editor/store/problems-of'

export type Question = { number: number; checked: Checked }
export type Answer = { number: number; problems: ReturnType<typeof problemsOf> }

self.addEventListener('message', ({ data: { number, checked } }: MessageEvent<Question>) => {
  self.postMessage({ number, problems: problemsOf(checked) } satisfies Answer)
})
