import { Repeat } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { loopSpec } from './spec'

export const loopView = defineView(loopSpec, {
  icon: Repeat,
  words: 'repeat while again iterate until',
  line: ({ until, maxIterations }) => `until ${firstWords(until, 60)}, at most ${maxIterations} times`,
})
