import { WorkflowPage } from '@/components/workflows/workflow-page'

export default async function WorkflowRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <WorkflowPage id={id} />
}
