import { Users } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { teamSpec } from './spec'

export const teamView = defineView(teamSpec, {
  icon: Users,
  line: ({ mode, goal }) => `${mode} · ${firstWords(goal)}`,
})
