import { Users } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { teamSpec } from './spec'

export const teamView = defineView(teamSpec, {
  icon: Users,
  words: 'crew group swarm agents supervisor',
  line: ({ mode, goal }) => `${mode} · ${firstWords(goal)}`,
})
