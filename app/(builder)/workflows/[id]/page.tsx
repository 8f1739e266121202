import { BuilderPage } from '@/components/editor/builder-page'

export default async function WorkflowRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <BuilderPage id={id} />
}
