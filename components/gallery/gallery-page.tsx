'use client'
import { useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { Page } from '@/components/shell/page'
import { QueryView } from '@/components/shell/query-view'
import { Button } from '@/components/ui/button'
import { EmptyState, Skeleton } from '@/components/ui/panel'
import { SearchBox } from '@/components/ui/search-box'
import type { TemplateCard as Card } from '@/server/templates/list-template-cards'
import { CategoryList } from './category-list'
import { DifficultyChips } from './difficulty-chips'
import { findTemplates, type Wish } from './find-templates'
import { ImportTemplate } from './import-template'
import { previewHref, TemplateCard } from './template-card'
import { difficulties } from './words'

/** All templates: categories at the left, what is looked for above, and a picture of each. */
export function GalleryPage() {
  const trpc = useTRPC()
  const list = useQuery(trpc.templates.cards.queryOptions({}))
  return (
    <Page
      title="Gallery"
      about="Teams that work. Look at one, use it, and change it until it is yours."
      actions={<ImportTemplate />}
    >
      <QueryView query={list} loading={<Waiting />}>
        {({ templates }) => <Shelves templates={templates} />}
      </QueryView>
    </Page>
  )
}

function Shelves({ templates }: { templates: readonly Card[] }) {
  const [wish, setWish, into] = useWish()
  const found = findTemplates(templates, wish)
  // Behind a category stands what one will see there.
  const inAll = findTemplates(templates, { ...wish, category: null })
  const change = (part: Partial<Wish>) => setWish({ ...wish, ...part })
  return (
    <div className="grid items-start gap-x-8 gap-y-4 md:grid-cols-[11rem_minmax(0,1fr)]">
      <CategoryList
        all={templates}
        found={inAll}
        chosen={wish.category}
        onChoose={(category) => change({ category })}
      />
      <div className="grid min-w-0 gap-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <SearchBox
            label="Search the gallery"
            value={wish.words}
            onChange={(words) => change({ words })}
            className="w-full sm:w-64"
          />
          <DifficultyChips chosen={wish.difficulty} onChoose={(difficulty) => change({ difficulty })} />
          <p role="status" className="text-ink-faint text-sm sm:ml-auto">
            {found.length === templates.length ? `${found.length} teams` : `${found.length} of ${templates.length}`}
          </p>
        </div>
        {found.length === 0 ? (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="No team fits that"
            actions={<Button onClick={() => setWish(everything)}>Show all</Button>}
          >
            Try another word, or fewer filters.
          </EmptyState>
        ) : (
          <ul className="grid gap-4 lg:grid-cols-2">
            {found.map((template) => (
              <TemplateCard key={template.id} template={template} href={previewHref(template.id, into)} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

const everything: Wish = { words: '', category: null, difficulty: null }

/** What is looked for is part of the address: it can be linked to, and is there again when one comes back. */
function useWish(): [Wish, (wish: Wish) => void, string | null] {
  // Not the window's address, which is that of the page before while this one is drawn first.
  const given = useSearchParams()
  const [wish, setWish] = useState<Wish>(() => readWish(given))
  const [into] = useState(() => given.get('into'))
  useEffect(() => {
    const url = new URL(window.location.href)
    const put = (name: string, value: string | null) =>
      value ? url.searchParams.set(name, value) : url.searchParams.delete(name)
    put('search', wish.words)
    put('category', wish.category)
    put('difficulty', wish.difficulty)
    if (url.href !== window.location.href) window.history.replaceState(window.history.state, '', url)
  }, [wish])
  return [wish, setWish, into]
}

function readWish(given: Pick<URLSearchParams, 'get'>): Wish {
  return {
    words: given.get('search') ?? '',
    category: given.get('category'),
    difficulty: difficulties.find((one) => one === given.get('difficulty')) ?? null,
  }
}

const Waiting = () => (
  <div role="status" className="grid gap-4 md:grid-cols-2 md:pl-48">
    <span className="sr-only">Loading</span>
    {['a', 'b', 'c', 'd'].map((key) => (
      <Skeleton key={key} className="h-80" />
    ))}
  </div>
)
