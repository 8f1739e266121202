import { Timer } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { waitSpec } from './spec'

export const waitView = defineView(waitSpec, {
  icon: Timer,
  words: 'delay sleep timer pause until',
  line: ({ seconds, until }) => (until === undefined ? `${seconds ?? 0} s` : `until ${firstWords(until, 60)}`),
})
