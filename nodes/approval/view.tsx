import { UserCheck } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { approvalSpec } from './spec'

export const approvalView = defineView(approvalSpec, {
  icon: UserCheck,
  words: 'human person ask question review sign-off decide',
  line: ({ title }) => firstWords(title),
})
