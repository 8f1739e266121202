import { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { Projection } from '@/engine/share/projection'

/** What a share link answers to somebody who has nothing but its address. */
export type SharedAnswer =
  /** `proof`: that the password was right, also where a cookie said so; null where there is none. */
  | { type: 'open'; projection: Projection; proof: string | null }
  /** It asks for a password first. */
  | { type: 'locked' }
  /** Ended, revoked or never there: nobody can tell which. */
  | { type: 'gone' }

const addressOf = (token: string): string => `/s/${encodeURIComponent(token)}`

/** Cookies are not sent to a page inside another site's frame, so the proof goes along by itself. */
const asking = (proof: string | null): RequestInit => (proof === null ? {} : { headers: { 'x-share-proof': proof } })

/** The slim projection: everything that is seen at once, whole values are read one by one. */
export async function readShared(token: string, proof: string | null): Promise<SharedAnswer> {
  const answer = await fetch(`${addressOf(token)}.json?slim=1`, asking(proof))
  if (answer.status === 401) return { type: 'locked' }
  if (answer.status === 404) return { type: 'gone' }
  if (!answer.ok) throw new Error(wordsFor(answer.status))
  const projection = (await answer.json()) as Projection
  return {
    type: 'open',
    projection: { ...projection, graph: Graph.parse(projection.graph) },
    proof: answer.headers.get('x-share-proof'),
  }
}

type ValueRequest = { token: string; proof: string | null; key: string }

export async function readSharedValue({ token, proof, key }: ValueRequest): Promise<Json> {
  const answer = await fetch(`${addressOf(token)}/values/${encodeURIComponent(key)}`, asking(proof))
  if (!answer.ok) throw new Error(wordsFor(answer.status))
  return ((await answer.json()) as { value: Json }).value
}

/** The proof that the password was right, for the socket; null when it was wrong. */
export async function unlockShared(token: string, password: string): Promise<string | null> {
  const answer = await fetch(`${addressOf(token)}/unlock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  })
  if (answer.status === 403 || answer.status === 422 || answer.status === 400) return null
  if (!answer.ok) throw new Error(wordsFor(answer.status))
  return ((await answer.json()) as { proof: string }).proof
}

/** Says that the page was opened. Nobody waits for it. */
export const countView = (token: string, proof: string | null): void =>
  void fetch(`${addressOf(token)}/views`, { ...asking(proof), method: 'POST', keepalive: true }).catch(() => {})

export const sharedFile = (token: string): string => `${addressOf(token)}.yaml`

function wordsFor(status: number): string {
  if (status === 429) return 'Too many requests at once. Wait a minute, then try again.'
  return status === 404 || status === 401 ? 'It is no longer shared.' : `The server answered ${status}.`
}
