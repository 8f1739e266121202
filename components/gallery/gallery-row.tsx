'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { Skeleton } from '@/components/ui/panel'
import { previewHref, TemplateCard } from './template-card'

const shown = 6
type Props = { title: string; leaveOut?: string }

/** A few teams to begin with, and the way to all of them. */
export function GalleryRow({ title, leaveOut }: Props) {
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.templates.cards.queryOptions({}))
  if (error && !data) return null
  const templates = data?.templates.filter(({ id }) => id !== leaveOut).slice(0, shown)
  return (
    <section aria-label={title} className="grid gap-3">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        <Link
          href="/gallery"
          className="text-accent hover:text-accent-hover inline-flex items-center gap-1 rounded-control text-sm font-medium"
        >
          {data ? `See all ${data.templates.length}` : 'See all'} in the gallery
          <ArrowRight size={16} aria-hidden />
        </Link>
      </header>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {templates?.map((template) => (
          <TemplateCard key={template.id} template={template} href={previewHref(template.id)} />
        )) ?? places.map((place) => <Skeleton key={place} className="h-72" />)}
      </ul>
    </section>
  )
}

const places = Array.from({ length: shown }, (_, place) => `place-${place}`)
