import { headers } from 'next/headers'
import { BuilderPage } from '@/components/editor/builder-page'
import { inProcess } from '@/server/in-process'

export default async function WorkflowRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const cookie = (await headers()).get('cookie') ?? undefined
  return <BuilderPage key={id} id={id} draft={await inProcess().openDraft({ cookie }, id)} />
}
