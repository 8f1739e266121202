import { Rows3 } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { mapSpec } from './spec'

export const mapView = defineView(mapSpec, {
  icon: Rows3,
  words: 'for each every item list iterate parallel batch',
  line: ({ items, concurrency }) => `each of ${firstWords(items, 60)}, ${concurrency} at once`,
})
