import type { StateCreator } from 'zustand/vanilla'
import { isUnchanged } from '@/components/editor/graph/is-unchanged'
import { remember } from '@/components/editor/store/history'
import type { EditorState, GraphSlice, Step } from '@/components/editor/store/types'
import { applyEdit } from '@/engine/graph/edit'
import type { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'

export const graphSlice =
  (graph: Graph, pins: Pins): StateCreator<EditorState, [], [], GraphSlice> =>
  (set, get) => {
    const travel = (step: Step | undefined, direction: 'undo' | 'redo') => {
      if (step === undefined) return
      const { past, future, graph: now } = get()
      const edited = applyEdit(now, direction === 'undo' ? step.inverse : step.edit)
      // Cannot be refused: the graph is the one that the step led to.
      if ('refused' in edited) throw new Error(`${direction} was refused: ${edited.refused}`)
      const pinned = step.pins && { pins: direction === 'undo' ? step.pins.before : step.pins.after }
      set(
        direction === 'undo'
          ? { graph: edited.graph, ...pinned, past: past.slice(0, -1), future: [step, ...future] }
          : {
              graph: edited.graph,
              ...pinned,
              past: [...past, { ...step, inverse: edited.inverse }],
              future: future.slice(1),
            },
      )
    }
    return {
      graph,
      pins,
      past: [],
      future: [],
      commit: (edit, { label, merge, pins: after }) => {
        const edited = applyEdit(get().graph, edit)
        if ('refused' in edited) return { ok: false, why: edited.refused }
        // Nothing to undo, and no reason to forget what could be done again.
        if (!after && isUnchanged(get().graph, edited.graph)) return { ok: true }
        const changed = after && { pins: { before: get().pins, after } }
        const step: Step = { label, edit, inverse: edited.inverse, merge: merge ?? null, ...changed }
        set(({ past }) => ({
          graph: edited.graph,
          ...(after && { pins: after }),
          past: remember(past, step),
          future: [],
        }))
        return { ok: true }
      },
      seal: () => {
        const last = get().past.at(-1)
        if (last !== undefined && last.merge !== null)
          set(({ past }) => ({ past: [...past.slice(0, -1), { ...last, merge: null }] }))
      },
      undo: () => travel(get().past.at(-1), 'undo'),
      redo: () => travel(get().future[0], 'redo'),
    }
  }
