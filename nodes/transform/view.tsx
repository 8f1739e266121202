import { Braces } from 'lucide-react'
import { firstWordsOf } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { transformSpec } from './spec'

export const transformView = defineView(transformSpec, {
  icon: Braces,
  words: 'template text format set data',
  line: ({ template }) => firstWordsOf(template),
})
