import { ShieldCheck } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { gateSpec } from './spec'

export const gateView = defineView(gateSpec, {
  icon: ShieldCheck,
  words: 'check quality review grade judge score',
  line: ({ checks }) =>
    firstWords(checks.map((check) => (check.type === 'rule' ? check.expression : check.rubric)).join(', ')),
})
