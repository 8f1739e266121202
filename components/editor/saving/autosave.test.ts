import { describe, expect, it } from 'vitest'
import { pinOutput, unpinOutput } from '@/components/editor/actions/pin-output'
import { type After, isSameGraph, startAutosave } from '@/components/editor/saving/autosave'
import { type Kept, keptDrafts, leftBehind, type Shelf } from '@/components/editor/saving/kept-drafts'
import { resolveConflict } from '@/components/editor/saving/resolve-conflict'
import { restoreKept } from '@/components/editor/saving/restore-kept'
import type { SaveAnswer, Transport } from '@/components/editor/saving/transport'
import type { Base, Editor } from '@/components/editor/store/types'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'
import type { Graph } from '@/engine/graph/schema'

const first = graphOf([agent('a')])

/** A server that holds one draft and takes a save only over the revision it knows. `link` says what becomes of a request. */
class Server {
  draft: Base = { revision: 1, graph: first, pins: {} }
  copies: Graph[] = []
  link: 'up' | 'down' | 'answers get lost' = 'up'

  transport: Transport = {
    save: (draft) => Promise.resolve(this.save(draft)),
    load: () => Promise.resolve(this.link === 'down' ? null : this.draft),
    copy: (graph) => {
      this.copies.push(graph)
      return Promise.resolve('copy')
    },
  }

  save({ revision, graph, pins }: Base): SaveAnswer {
    if (this.link === 'down') return { type: 'unreachable' }
    if (revision !== this.draft.revision) return { type: 'conflict', theirs: this.draft }
    if (graph.name === '') return { type: 'refused', why: 'It needs a name.' }
    this.draft = { revision: revision + 1, graph, pins }
    return this.link === 'answers get lost' ? { type: 'unreachable' } : { type: 'saved', revision: revision + 1 }
  }
}

/** Time stands still until `pass` is called: then what is due happens. */
function handClock() {
  const due = new Set<() => void>()
  const after: After = (_ms, then) => {
    due.add(then)
    return () => due.delete(then)
  }
  const pass = async () => {
    const now = [...due]
    due.clear()
    for (const then of now) then()
    await new Promise(setImmediate)
  }
  return { after, pass }
}

class Keeper {
  held: Kept | null = null
  write = (draft: Kept) => {
    this.held = draft
  }
  clear = () => {
    this.held = null
  }
}

function openTab(server: Server) {
  const editor = editorOf(server.draft.graph)
  editor.store.setState({
    base: { ...server.draft, graph: editor.store.getState().graph, pins: editor.store.getState().pins },
  })
  const clock = handClock()
  const kept = new Keeper()
  const told = { replaced: 0 }
  const autosave = startAutosave({
    store: editor.store,
    transport: server.transport,
    kept,
    after: clock.after,
    onReplaced: () => {
      told.replaced += 1
    },
  })
  const status = () => editor.store.getState().saving.status
  return { editor, kept, told, autosave, pass: clock.pass, status, ...editor.store.getState() }
}

const write = (editor: Editor, value: string) =>
  editor.store.getState().commit({ type: 'configure', node: 'a', path: ['prompt'], value }, { label: 'Edit' })
const promptOf = (graph: Graph) => graph.nodes[0]?.config.prompt

describe('saving by itself', () => {
  it('sends what changed after a pause, and then says it is saved', async () => {
    const server = new Server()
    const { editor, pass, status } = openTab(server)
    write(editor, 'one')
    expect(status()).toBe('unsaved')
    await pass()
    expect(status()).toBe('saved')
    expect(server.draft).toMatchObject({ revision: 2, graph: editor.store.getState().graph })
  })

  it('sends a pin although the graph is the same, keeps it when nobody answers, and asks when somebody else pinned', async () => {
    const server = new Server()
    const { editor, pass, status, kept } = openTab(server)
    pinOutput(editor, 'a', { text: 'mine' })
    await pass()
    expect([status(), server.draft.pins]).toEqual(['saved', { a: { text: 'mine' } }])
    server.link = 'down'
    unpinOutput(editor, 'a')
    await pass()
    expect([status(), kept.held?.pins]).toEqual(['offline', {}])
    server.link = 'up'
    server.draft = { ...server.draft, revision: 9, pins: { a: { text: 'theirs' } } }
    await pass()
    expect(status()).toBe('conflict')
  })

  it('sends what is typed while a request is under way with the next one', async () => {
    const server = new Server()
    const { editor, autosave, pass, status } = openTab(server)
    write(editor, 'one')
    const sending = autosave.flush()
    write(editor, 'two')
    await sending
    expect(status()).toBe('unsaved')
    await pass()
    expect(status()).toBe('saved')
    expect(promptOf(server.draft.graph)).toBe('two')
    expect(server.draft.revision).toBe(3)
  })

  it('says nothing was left to send when a change was undone', async () => {
    const server = new Server()
    const { editor, pass, status } = openTab(server)
    const before = editor.store.getState().graph
    write(editor, 'one')
    editor.store.getState().undo()
    await pass()
    expect(status()).toBe('saved')
    expect(editor.store.getState().graph).toEqual(before)
  })

  it('keeps what a server refuses, says why, and tries again with the next change', async () => {
    const server = new Server()
    const { editor, pass, kept } = openTab(server)
    const rename = (name: string) =>
      editor.store.getState().commit({ type: 'set_graph', properties: { name } }, { label: 'Rename' })
    rename('')
    await pass()
    expect(editor.store.getState().saving).toEqual({ status: 'refused', why: 'It needs a name.' })
    expect(kept.held?.graph.name).toBe('')
    rename('Better')
    await pass()
    expect(server.draft.graph.name).toBe('Better')
    expect(kept.held).toBeNull()
  })
})

describe('without a connection', () => {
  it('keeps the work here and sends it when the server is back', async () => {
    const server = new Server()
    const { editor, pass, status, kept } = openTab(server)
    server.link = 'down'
    write(editor, 'one')
    await pass()
    expect(status()).toBe('offline')
    write(editor, 'two')
    expect(kept.held).toMatchObject({ revision: 1 })
    expect(promptOf(kept.held?.graph ?? first)).toBe('two')
    await pass()
    expect(status()).toBe('offline')
    server.link = 'up'
    await pass()
    expect(status()).toBe('saved')
    expect(promptOf(server.draft.graph)).toBe('two')
    expect(kept.held).toBeNull()
  })

  it('knows its own save again when only the answer was lost', async () => {
    const server = new Server()
    const { editor, pass, status } = openTab(server)
    server.link = 'answers get lost'
    write(editor, 'one')
    await pass()
    expect(status()).toBe('offline')
    server.link = 'up'
    await pass()
    expect(status()).toBe('saved')
    expect(editor.store.getState().base.revision).toBe(2)
  })

  it('knows its own save again after more was changed, and sends the rest', async () => {
    const server = new Server()
    const { editor, pass, status } = openTab(server)
    server.link = 'answers get lost'
    write(editor, 'one')
    await pass()
    write(editor, 'two')
    expect(status()).toBe('offline')
    server.link = 'up'
    await pass()
    expect(status()).toBe('unsaved')
    await pass()
    expect(status()).toBe('saved')
    expect(promptOf(server.draft.graph)).toBe('two')
  })
})

const clash = async () => {
  const server = new Server()
  const mine = openTab(server)
  const theirs = openTab(server)
  write(theirs.editor, 'theirs')
  await theirs.pass()
  write(mine.editor, 'mine')
  await mine.pass()
  expect(mine.status()).toBe('conflict')
  expect(promptOf(server.draft.graph)).toBe('theirs')
  expect(promptOf(mine.editor.store.getState().graph)).toBe('mine')
  expect(promptOf(mine.kept.held?.graph ?? first)).toBe('mine')
  const resolve = (choice: 'mine' | 'theirs' | 'copy') =>
    resolveConflict(mine.editor, choice, { transport: server.transport, autosave: mine.autosave })
  return { server, mine, resolve }
}

describe('two tabs on one workflow', () => {
  it('never writes over the other: both stay until somebody chooses', async () => {
    const { server, mine } = await clash()
    write(mine.editor, 'mine, and more')
    await mine.pass()
    expect(mine.status()).toBe('conflict')
    expect(promptOf(server.draft.graph)).toBe('theirs')
    expect(promptOf(mine.kept.held?.graph ?? first)).toBe('mine, and more')
  })

  it('goes on with mine when I choose mine', async () => {
    const { server, mine, resolve } = await clash()
    await resolve('mine')
    expect(mine.status()).toBe('saved')
    expect(promptOf(server.draft.graph)).toBe('mine')
  })

  it('goes on with theirs when I choose theirs, and I can still take it back', async () => {
    const { server, mine, resolve } = await clash()
    await resolve('theirs')
    expect(mine.status()).toBe('saved')
    expect(promptOf(mine.editor.store.getState().graph)).toBe('theirs')
    mine.editor.store.getState().undo()
    await mine.pass()
    expect(promptOf(server.draft.graph)).toBe('mine')
  })

  it('keeps mine as a workflow of its own', async () => {
    const { server, mine, resolve } = await clash()
    await resolve('copy')
    expect(server.copies.map(promptOf)).toEqual(['mine'])
    expect(server.copies[0]?.name).toBe('Test (my copy)')
    expect(promptOf(mine.editor.store.getState().graph)).toBe('theirs')
  })

  it('takes over what another tab saved when nothing of mine is at stake', async () => {
    const server = new Server()
    const mine = openTab(server)
    const theirs = openTab(server)
    write(theirs.editor, 'theirs')
    await theirs.pass()
    await mine.autosave.refresh()
    expect(promptOf(mine.editor.store.getState().graph)).toBe('theirs')
    expect(mine.told.replaced).toBe(0)
    write(mine.editor, 'then mine')
    await mine.pass()
    expect(mine.status()).toBe('saved')
    expect(promptOf(server.draft.graph)).toBe('then mine')
  })
})

describe('a tab whose own edit somebody else writes over', () => {
  it('is told once, and undo brings its words back', async () => {
    const { server, mine, resolve } = await clash()
    await resolve('mine')
    const other = openTab(server)
    write(other.editor, 'other')
    await other.pass()
    await mine.autosave.refresh()
    expect([promptOf(mine.editor.store.getState().graph), mine.told.replaced]).toEqual(['other', 1])
    write(other.editor, 'and another')
    await other.pass()
    await mine.autosave.refresh()
    expect([promptOf(mine.editor.store.getState().graph), mine.told.replaced]).toEqual(['and another', 1])
    mine.editor.store.getState().undo()
    mine.editor.store.getState().undo()
    await mine.pass()
    expect(promptOf(server.draft.graph)).toBe('mine')
  })

  it('is told when the node it wrote in is gone, and not when something else changed', async () => {
    const server = new Server()
    const mine = openTab(server)
    write(mine.editor, 'mine')
    await mine.pass()
    const save = async (graph: Graph) => {
      server.draft = { ...server.draft, revision: server.draft.revision + 1, graph }
      await mine.autosave.refresh()
      return mine.told.replaced
    }
    const { graph } = server.draft
    expect(await save({ ...graph, name: 'Other', nodes: [...graph.nodes, agent('b')] })).toBe(0)
    expect(await save({ ...graph, name: 'Other', nodes: [agent('b')] })).toBe(1)
  })
})

describe('work that was left behind', () => {
  const tabs =
    (...open: string[]) =>
    async () =>
      new Set(open)

  const shelf = (): Shelf => {
    const held = new Map<string, string>()
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
      key: (index) => [...held.keys()][index] ?? null,
      get length() {
        return held.size
      },
    }
  }
  const mineGraph = graphOf([agent('a', { config: { prompt: 'kept' } })])

  it('comes back as unsaved work when the server still has what it was made from', async () => {
    const storage = shelf()
    keptDrafts(storage, 'w', 'old').write({ revision: 1, graph: mineGraph, pins: {} })
    const editor = editorOf(first)
    restoreKept(editor.store, await leftBehind(storage, 'w', tabs()), () => {})
    expect(isSameGraph(editor.store.getState().graph, mineGraph)).toBe(true)
    expect(editor.store.getState().saving.status).not.toBe('conflict')
    expect(await leftBehind(storage, 'w', tabs())).toEqual([])
  })

  it('comes back as a conflict when somebody saved since', async () => {
    const storage = shelf()
    keptDrafts(storage, 'w', 'old').write({ revision: 1, graph: mineGraph, pins: {} })
    const editor = editorOf(first)
    editor.store.setState({ base: { revision: 4, graph: first, pins: {} } })
    restoreKept(editor.store, await leftBehind(storage, 'w', tabs()), () => {})
    expect(editor.store.getState().saving).toMatchObject({
      status: 'conflict',
      theirs: { revision: 4, graph: first, pins: {} },
    })
  })

  it('stays with a tab that is still open, and with its own workflow', async () => {
    const storage = shelf()
    keptDrafts(storage, 'w', 'open').write({ revision: 1, graph: mineGraph, pins: {} })
    keptDrafts(storage, 'other', 'old').write({ revision: 1, graph: mineGraph, pins: {} })
    expect(await leftBehind(storage, 'w', tabs('open'))).toEqual([])
    expect(await leftBehind(storage, 'w', tabs('another'))).toHaveLength(1)
  })
})
