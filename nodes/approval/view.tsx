import { UserCheck } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { approvalSpec } from './spec'

export const approvalView = defineView(approvalSpec, {
  icon: UserCheck,
  line: ({ title }) => firstWords(title),
})
