import { GitFork } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { conditionSpec } from './spec'

export const conditionView = defineView(conditionSpec, {
  icon: GitFork,
  words: 'if else branch test',
  line: ({ expression }) => firstWords(expression),
})
