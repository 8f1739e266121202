import { StickyNote } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { noteSpec } from './spec'

export const noteView = defineView(noteSpec, {
  icon: StickyNote,
  words: 'comment sticky text label',
  line: ({ text }) => firstWords(text),
})
