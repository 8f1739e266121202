import { Bot } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { agentSpec } from './spec'

export const agentView = defineView(agentSpec, {
  icon: Bot,
  words: 'llm model prompt ai gpt chat bot assistant',
  line: ({ model, instructions, prompt }) =>
    [model, firstWords(instructions || prompt || '')].filter(Boolean).join(' · '),
})
