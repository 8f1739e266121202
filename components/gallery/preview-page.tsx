'use client'
import { useQuery } from '@tanstack/react-query'
import { CopyPlus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { Page } from '@/components/shell/page'
import { QueryView } from '@/components/shell/query-view'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import type { Graph } from '@/engine/graph/schema'
import type { TemplateDetail } from '@/server/templates/template-view'
import { GraphView } from './graph-view'
import { NeedsList } from './needs-list'
import { SampleInput } from './sample-input'
import { SampleRun } from './sample-run'
import { TemplateActions } from './template-actions'
import { useTemplateCopy } from './use-template'
import { agentsWord, categoryWord, costWord, difficultyWords } from './words'

const back = { href: '/gallery', title: 'Gallery' }

/** One template, to be looked at before it is used. */
export function PreviewPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const template = useQuery(trpc.templates.get.queryOptions({ id }, { select: withGraph }))
  return (
    <QueryView
      query={template}
      missing={{ title: 'There is no such template', href: '/gallery', link: 'To the gallery' }}
    >
      {(detail) => <Preview template={detail} />}
    </QueryView>
  )
}

type Detail = Omit<TemplateDetail, 'graph' | 'copies'> & {
  graph: Graph
  copies: readonly { id: string; name: string }[]
}

function Preview({ template }: { template: Detail }) {
  const { id, name, description, summary, category, difficulty, estimatedCost, graph } = template
  const into = useSearchParams().get('into')
  const { take, isBusy } = useTemplateCopy({ open: 'builder', instead: into })
  const agents = graph.nodes.filter(({ kind }) => kind === 'agent').length
  const facts = [categoryWord(category), difficultyWords[difficulty], agentsWord(agents), costWord(estimatedCost)]
  return (
    <Page
      title={name}
      back={into === null ? back : { ...back, href: `/gallery?into=${encodeURIComponent(into)}` }}
      about={<p>{facts.filter(Boolean).join(' · ')}</p>}
      actions={
        <>
          <TemplateActions id={id} graph={graph} isOwn={template.source === 'workspace'} />
          <Button tone="primary" icon={<CopyPlus size={16} aria-hidden />} busy={isBusy} onClick={() => take(id)}>
            Use this team
          </Button>
        </>
      }
    >
      <Stage template={template} />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-6">
          <Part title="What it does">
            <p>{description}</p>
            <p className="text-ink-soft">{summary}</p>
          </Part>
          <Part title="A first run can begin with">
            <SampleInput graph={graph} sample={template.sampleInput} />
          </Part>
        </div>
        <Part title="What it needs">
          <NeedsList graph={graph} copies={template.copies} />
        </Part>
      </div>
    </Page>
  )
}

/** The team as it is drawn, or as it works. */
function Stage({ template: { id, name, graph, hasSample } }: { template: Detail }) {
  const [shown, setShown] = useState('team')
  return (
    <div className="grid gap-3">
      {hasSample && (
        <div className="max-w-80">
          <Segmented label="What is shown" value={shown} choices={stages} onChange={setShown} />
        </div>
      )}
      {shown === 'sample' ? (
        <SampleRun id={id} />
      ) : (
        <Panel className="h-80 overflow-hidden md:h-[min(48dvh,26rem)]">
          <GraphView graph={graph} label={`The graph of ${name}`} />
        </Panel>
      )}
    </div>
  )
}

const stages = [
  { value: 'team', label: 'The team' },
  { value: 'sample', label: 'Watch a sample run' },
]

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section aria-label={title} className="grid gap-2">
    <h2 className="font-semibold">{title}</h2>
    {children}
  </section>
)
