'use client'
import { useQuery } from '@tanstack/react-query'
import type { FoundProblem } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { RunList } from '@/components/run/run-list'
import { Page } from '@/components/shell/page'
import { QueryView } from '@/components/shell/query-view'
import { Badge } from '@/components/ui/badge'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { Tabs } from '@/components/ui/tabs'
import type { Graph } from '@/engine/graph/schema'
import { NodeListing } from './node-listing'
import { ProblemList } from './problem-list'
import { PublishButton } from './publish-button'
import { RunButton } from './run-button'
import { VersionList } from './version-list'
import { WorkflowMenu } from './workflow-menu'
import { WorkflowSource } from './workflow-source'

export function WorkflowPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id }, { select: withGraph }))
  return (
    <QueryView query={workflow} missing={{ title: 'There is no such workflow', href: '/', link: 'To the workflows' }}>
      {(data) => <LoadedWorkflow workflow={data} />}
    </QueryView>
  )
}

type Workflow = {
  id: string
  name: string
  revision: number
  publishedVersion: number | null
  graph: Graph
  problems: readonly FoundProblem[]
}

function LoadedWorkflow({ workflow }: { workflow: Workflow }) {
  const { id, name, publishedVersion, graph, problems } = workflow
  const errors = problems.filter(({ severity }) => severity !== 'warning')
  const count = graph.nodes.filter(({ kind }) => kind !== 'note').length
  return (
    <Page
      title={name}
      back={{ href: '/', title: 'Workflows' }}
      badges={
        <Badge tone={publishedVersion === null ? 'neutral' : 'accent'}>
          {publishedVersion === null ? 'Draft' : `Version ${publishedVersion}`}
        </Badge>
      }
      about={graph.description}
      actions={
        <>
          <WorkflowMenu id={id} name={name} />
          <PublishButton id={id} canPublish={errors.length === 0} />
          <RunButton workflowId={id} publishedVersion={publishedVersion} tone="primary" />
        </>
      }
    >
      {problems.length > 0 && (
        <Notice
          tone={errors.length > 0 ? 'failed' : 'waiting'}
          title={errors.length > 0 ? `${plural(errors.length, 'problem')} to mend before it can run` : 'Worth a look'}
        >
          <ProblemList problems={problems} />
        </Notice>
      )}
      <Tabs
        label="About this workflow"
        tabs={[
          {
            id: 'nodes',
            title: 'Nodes',
            note: String(count),
            content: <NodeListing graph={graph} problems={problems} />,
          },
          { id: 'runs', title: 'Runs', content: <RunList workflowId={id} /> },
          { id: 'versions', title: 'Versions', content: <VersionList id={id} /> },
          { id: 'source', title: 'YAML', content: <WorkflowSource id={id} revision={workflow.revision} /> },
        ]}
      />
    </Page>
  )
}
