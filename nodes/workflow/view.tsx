import { Workflow } from 'lucide-react'
import { defineView } from '@/components/node-kit/view'
import { workflowSpec } from './spec'

export const workflowView = defineView(workflowSpec, {
  icon: Workflow,
  words: 'subflow child nested call',
  line: ({ workflow, version }) => (version === undefined ? workflow : `${workflow}, version ${version}`),
})
