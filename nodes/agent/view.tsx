import { Bot } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { agentSpec } from './spec'

export const agentView = defineView(agentSpec, {
  icon: Bot,
  line: ({ model, instructions, prompt }) =>
    [model, firstWords(instructions || prompt || '')].filter(Boolean).join(' · '),
})
