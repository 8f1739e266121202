import { Merge } from 'lucide-react'
import { defineView } from '@/components/node-kit/view'
import { mergeSpec } from './spec'

export const mergeView = defineView(mergeSpec, {
  icon: Merge,
  words: 'join wait for all combine',
  line: ({ mode }) => (mode === 'all' ? 'waits for every branch' : 'goes on with the first'),
})
