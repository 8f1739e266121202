import { CodeXml } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { codeSpec } from './spec'

export const codeView = defineView(codeSpec, {
  icon: CodeXml,
  words: 'javascript script function program js',
  line: ({ source }) => firstWords(source),
})
