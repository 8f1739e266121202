import type { KeptDrafts } from '@/components/editor/saving/kept-drafts'
import { ownEdits } from '@/components/editor/saving/own-edits'
import { takeOver } from '@/components/editor/saving/take-over'
import type { SaveAnswer, Transport } from '@/components/editor/saving/transport'
import type { Base, EditorStore, Saving } from '@/components/editor/store/types'
import { diffGraphs } from '@/engine/graph/diff'
import type { Graph } from '@/engine/graph/schema'
import { sameJson } from '@/engine/same-json'

/** Calls back after a while; gives back how to call it off. */
export type After = (ms: number, then: () => void) => () => void

export type Autosave = {
  /** Sends what isn't saved yet, and is there when the answer is. */
  flush: () => Promise<void>
  /** Has somebody else saved? Looks, and takes it over when nothing of one's own is at stake. */
  refresh: () => Promise<void>
  keepNow: () => void
  stop: () => void
}

type Options = {
  store: EditorStore
  transport: Transport
  kept: KeptDrafts
  after: After
  onSaved?: () => void
  /** What somebody else saved took the place of something that was changed here. */
  onReplaced?: () => void
}

const pauseMs = 700
const retryMs = [2_000, 4_000, 8_000, 15_000] as const

/** Saves some time after the last change, one request at a time, and never over something it hasn't seen. */
export function startAutosave({ store, transport, kept, after, onSaved, onReplaced }: Options): Autosave {
  let cancel = () => {}
  let sending: Promise<void> | null = null
  let failures = 0
  let isStopped = false
  /** Sent without an answer: the server may have any of them. */
  let unsure: Draft[] = []
  const mine = ownEdits()

  const setSaving = (saving: Saving) => store.setState({ saving })
  const isClean = () => isSaved(store.getState())
  const plan = (ms: number) => {
    cancel()
    if (isStopped) return
    cancel = after(ms, () => void flush())
  }
  const keepNow = () => {
    const { base, graph, pins } = store.getState()
    if (isClean()) kept.clear()
    else kept.write({ revision: base.revision, graph, pins })
  }

  const settle = (base: Base) => {
    mine.add(store.getState().base, base)
    store.setState({ base })
    failures = 0
    unsure = []
    keepNow()
    if (isClean()) setSaving({ status: 'saved' })
    else {
      setSaving({ status: 'unsaved' })
      plan(pauseMs)
    }
    onSaved?.()
  }

  const take = (answer: SaveAnswer, sent: Draft) => {
    switch (answer.type) {
      case 'saved':
        return settle({ ...sent, revision: answer.revision })
      case 'conflict':
        return clash(answer.theirs, sent)
      case 'refused':
        keepNow()
        return setSaving({ status: 'refused', why: answer.why })
      case 'unreachable': {
        keepNow()
        setSaving({ status: 'offline' })
        if (!unsure.some(({ graph, pins }) => graph === sent.graph && pins === sent.pins)) unsure.push(sent)
        plan(retryMs[Math.min(failures, retryMs.length - 1)] ?? 15_000)
        failures += 1
      }
    }
  }

  const clash = (theirs: Base, sent: Draft) => {
    // The answer to an earlier request was lost on its way: what is there is what was sent.
    const own = [sent, ...unsure].find((draft) => isSameDraft(theirs, draft))
    if (own !== undefined) return settle({ ...own, revision: theirs.revision })
    const { base } = store.getState()
    if (isSameDraft(theirs, base)) {
      store.setState({ base: { ...base, revision: theirs.revision } })
      return plan(0)
    }
    keepNow()
    setSaving({ status: 'conflict', theirs })
  }

  const send = async () => {
    const { graph, pins, base, saving } = store.getState()
    if (saving.status !== 'offline') setSaving({ status: 'saving' })
    const answer = await transport.save({ graph, pins, revision: base.revision })
    take(answer, { graph, pins })
  }

  const flush = async (): Promise<void> => {
    cancel()
    while (sending) await sending
    const { saving } = store.getState()
    if (saving.status === 'conflict') return
    if (isClean()) {
      if (saving.status !== 'saved') setSaving({ status: 'saved' })
      return
    }
    sending = send().finally(() => {
      sending = null
    })
    await sending
  }

  const refresh = async () => {
    if (sending || store.getState().saving.status === 'conflict') return
    const latest = await transport.load()
    const { base } = store.getState()
    if (latest === null || sending || latest.revision <= base.revision) return
    if (!isClean()) return flush()
    const isReplaced = mine.give(base, latest)
    takeOver(store, latest, 'Changes from elsewhere')
    if (isReplaced) onReplaced?.()
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.graph === before.graph && state.pins === before.pins) return
    const { status } = state.saving
    if (status === 'conflict') return keepNow()
    if (status === 'saved' || status === 'refused') setSaving({ status: 'unsaved' })
    if (status === 'offline') keepNow()
    plan(status === 'offline' ? retryMs[0] : pauseMs)
  })
  const stop = () => {
    isStopped = true
    cancel()
    unsubscribe()
  }
  return { flush, refresh, keepNow, stop }
}

type Draft = Omit<Base, 'revision'>

export const isSaved = ({ graph, pins, base }: Draft & { base: Base }): boolean =>
  graph === base.graph && pins === base.pins

export const isSameDraft = (a: Draft, b: Draft): boolean => isSameGraph(a.graph, b.graph) && sameJson(a.pins, b.pins)

export function isSameGraph(a: Graph, b: Graph): boolean {
  const { added, removed, changed, edges, properties } = diffGraphs(a, b)
  const count = added.length + removed.length + changed.length + edges.added.length + edges.removed.length
  return count + properties.length === 0
}
