'use client'
import { useQuery } from '@tanstack/react-query'
import { FileUp, Play } from 'lucide-react'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { GalleryRow } from '@/components/gallery/gallery-row'
import { previewHref } from '@/components/gallery/template-card'
import { useTemplateCopy } from '@/components/gallery/use-template'
import { GraphThumbnail } from '@/components/graph-thumbnail/graph-thumbnail'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/panel'
import type { TemplateCard } from '@/server/templates/list-template-cards'
import { NewWorkflowButton } from './new-workflow-button'

/** Nothing is here yet: a team that is ready to run, others to choose from, and the way to begin on one's own. */
export function FirstVisit({ onImport }: { onImport: () => void }) {
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.templates.cards.queryOptions({}))
  // The list begins with the template that is meant for the beginning.
  const first = data?.templates[0]
  return (
    <>
      {first ? <ReadyTeam template={first} /> : data || error ? null : <Skeleton className="h-80" />}
      <GalleryRow title="Or begin with another team" {...(first && { leaveOut: first.id })} />
      <section
        aria-label="On your own"
        className="border-line rounded-card flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border border-dashed p-4"
      >
        <p className="text-ink-soft min-w-0 flex-1 basis-64 text-sm">
          Do you know what you want? Begin with an empty canvas, or bring a graph from a YAML or JSON file.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button icon={<FileUp size={16} aria-hidden />} onClick={onImport}>
            Import a workflow
          </Button>
          <NewWorkflowButton tone="plain" />
        </div>
      </section>
    </>
  )
}

function ReadyTeam({ template }: { template: TemplateCard }) {
  const { take, isBusy } = useTemplateCopy({ open: 'run' })
  const { id, name, description, sketch } = template
  return (
    <section
      aria-label="A team that is ready to run"
      className="bg-surface border-line rounded-card grid overflow-hidden border lg:grid-cols-[3fr_2fr]"
    >
      <GraphThumbnail sketch={sketch} className="border-line h-full border-b lg:border-r lg:border-b-0" />
      <div className="grid content-center gap-3 p-5 md:p-7">
        <p className="text-accent text-sm font-medium">A team that is ready to run</p>
        <h2 className="text-xl font-semibold">{name}</h2>
        <p className="text-ink-soft">{description}</p>
        <p className="text-ink-faint text-sm">
          It runs without a model key too: the words are simulated then, and marked as such. To get real ones,{' '}
          <Link href="/connections?connect" className="text-accent hover:text-accent-hover rounded-control underline">
            connect a model
          </Link>
          .
        </p>
        <div className="flex flex-wrap items-center gap-2 pt-1">
          <Button tone="primary" icon={<Play size={16} aria-hidden />} busy={isBusy} onClick={() => take(id)}>
            Open and run
          </Button>
          <Link
            href={previewHref(id)}
            className="text-ink-soft hover:text-ink rounded-control px-2 py-1.5 text-sm font-medium"
          >
            Look at it first
          </Link>
        </div>
      </div>
    </section>
  )
}
