import { WorkflowList } from '@/components/workflows/list/workflow-list'

export default function HomePage() {
  return <WorkflowList />
}
