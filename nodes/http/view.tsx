import { Globe } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { httpSpec } from './spec'

export const httpView = defineView(httpSpec, {
  icon: Globe,
  words: 'api request web fetch url call webhook',
  line: ({ method, url }) => firstWords(`${method} ${url}`),
})
