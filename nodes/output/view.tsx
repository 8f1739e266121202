import { LogOut } from 'lucide-react'
import { firstWordsOf } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { outputSpec } from './spec'

export const outputView = defineView(outputSpec, {
  icon: LogOut,
  words: 'end result return answer finish',
  line: ({ value }) => firstWordsOf(value),
})
