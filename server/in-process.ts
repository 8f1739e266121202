import type { GraphSketch } from '@/engine/graph/sketch'

/** What may be said about a link before anybody opened it: in the head of its page, in a chat beside its address. */
export type SharedHead =
  | { type: 'open'; title: string; about: string; sketch: GraphSketch }
  /** It has a password: nothing. */
  | { type: 'locked' }
  | { type: 'none' }

/** What the builder begins with: revision, graph and pins as JSON, which is quicker to read than what Next would make of them. */
export type OpenedDraft = { text: string }

/** What pages ask of the server that they are part of. */
export type InProcess = {
  sharedHead: (token: string) => Promise<SharedHead>
  openDraft: (asker: { cookie: string | undefined }, id: string) => Promise<OpenedDraft | null>
  /** Where people reach this server. */
  origin: string
}

const place = Symbol.for('baton.in-process')
type Holder = { [place]?: InProcess }

/** The server says that it is there. Pages are bundled apart from it and share nothing with it but the global object. */
export function offerInProcess(server: InProcess): void {
  ;(globalThis as Holder)[place] = server
}

export function inProcess(): InProcess {
  const server = (globalThis as Holder)[place]
  if (!server) throw new Error('This page was rendered outside of the server.')
  return server
}
