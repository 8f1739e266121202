import { StickyNote } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { noteSpec } from './spec'

export const noteView = defineView(noteSpec, {
  icon: StickyNote,
  line: ({ text }) => firstWords(text),
})
