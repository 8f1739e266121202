import { LogIn } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { inputSpec } from './spec'

export const inputView = defineView(inputSpec, {
  icon: LogIn,
  words: 'start begin trigger form',
  line: ({ fields }) => firstWords(fields.map((field) => field.label ?? field.name).join(', ')),
})
