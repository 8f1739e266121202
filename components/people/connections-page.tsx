'use client'
import { useQuery } from '@tanstack/react-query'
import { Cable, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { Page } from '@/components/shell/page'
import { QueryView } from '@/components/shell/query-view'
import { SimulatedBadge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState, Panel, PanelHeading } from '@/components/ui/panel'
import type { ConnectionView } from '@/server/connections/connection-view'
import { AliasForm } from './alias-form'
import { ConnectionDialog } from './connection-dialog'
import { ConnectionRow } from './connection-row'

type Open = { type: 'closed' } | { type: 'new' } | { type: 'change'; connection: ConnectionView & { id: string } }

/** `?connect` opens the form at once: where somebody is told that no model is connected, one press leads here. */
function useWantedForm(open: () => void) {
  const opened = useRef(open)
  useEffect(() => {
    const url = new URL(window.location.href)
    if (!url.searchParams.has('connect')) return
    url.searchParams.delete('connect')
    window.history.replaceState(window.history.state, '', url)
    opened.current()
  }, [])
}

/** Where models answer, and which of them the names in the graphs mean. */
export function ConnectionsPage() {
  const [open, setOpen] = useState<Open>({ type: 'closed' })
  useWantedForm(() => setOpen({ type: 'new' }))
  const trpc = useTRPC()
  const list = useQuery(trpc.connections.list.queryOptions({}))
  const add = (
    <Button tone="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen({ type: 'new' })}>
      Connect a model
    </Button>
  )
  return (
    <Page
      title="Models"
      about="Any endpoint that speaks the OpenAI protocol: OpenAI, Azure, Ollama, vLLM, LM Studio, OpenRouter, Groq and others."
      actions={add}
    >
      <QueryView query={list}>
        {({ items }) => (
          <>
            <Panel>
              <PanelHeading title="Connections" />
              {items.length === 0 ? <NoConnections /> : null}
              <ul>
                {items.map((connection) => (
                  <ConnectionRow
                    key={connection.name}
                    connection={connection}
                    onChange={(changed) => setOpen({ type: 'change', connection: changed })}
                  />
                ))}
              </ul>
            </Panel>
            <AliasForm connections={items} />
          </>
        )}
      </QueryView>
      {open.type !== 'closed' && (
        <ConnectionDialog
          connection={open.type === 'change' ? open.connection : null}
          onClose={() => setOpen({ type: 'closed' })}
        />
      )}
    </Page>
  )
}

function NoConnections() {
  return (
    <EmptyState icon={<Cable size={20} aria-hidden />} title="No model is connected">
      <p>
        Until then the built-in model answers. Its words are made up, cost nothing and are marked{' '}
        <span className="inline-block align-middle">
          <SimulatedBadge />
        </span>{' '}
        wherever they appear. Connect a model here, or start Baton with OPENAI_API_KEY or OPENAI_BASE_URL set.
      </p>
    </EmptyState>
  )
}
