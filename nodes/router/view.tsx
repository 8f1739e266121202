import { Split } from 'lucide-react'
import { firstWords } from '@/components/node-kit/first-words'
import { defineView } from '@/components/node-kit/view'
import { routerSpec } from './spec'

export const routerView = defineView(routerSpec, {
  icon: Split,
  words: 'switch case route classify choose',
  line: ({ mode, routes }) =>
    firstWords(`${mode === 'model' ? 'a model chooses: ' : ''}${routes.map((route) => route.name).join(', ')}`),
})
