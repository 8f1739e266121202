import { Wrench } from 'lucide-react'
import { defineView } from '@/components/node-kit/view'
import { toolSpec } from './spec'

export const toolView = defineView(toolSpec, {
  icon: Wrench,
  words: 'function call calculator',
  line: ({ tool }) => tool,
})
