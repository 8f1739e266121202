import type { GraphSketch } from '@/engine/graph/sketch'
import { graphSvg } from './graph-svg'
import { readable } from './readable'

export const pictureSize = { width: 1200, height: 630 } as const
const graphFrame = { width: 1104, height: 360 } as const

type Props = {
  /** Null when nothing may be told: the link asks for a password, or leads nowhere. */
  shared: { title: string; about: string; sketch: GraphSketch } | null
}

/** What a chat or a forum shows beside a link. Its words are the few that the shared page has in its head as well. */
export function SharePicture({ shared }: Props) {
  const title = (shared && readable(shared.title, 70)) ?? 'A team of AI agents'
  const about = (shared && readable(shared.about, 90)) ?? 'Shared with Baton'
  return (
    <div
      style={{
        ...pictureSize,
        display: 'flex',
        flexDirection: 'column',
        padding: 48,
        background: '#f7f8fa',
        color: '#171a23',
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', height: 64 }}>
        <MarkOfBaton />
        <div
          style={{
            display: 'block',
            marginLeft: 24,
            width: 1016,
            fontSize: 46,
            lineClamp: 1,
            letterSpacing: -1,
          }}
        >
          {title}
        </div>
      </div>
      <div style={{ display: 'flex', marginTop: 14, fontSize: 28, color: '#4a5163' }}>{about}</div>
      <div style={{ display: 'flex', flexGrow: 1, alignItems: 'center' }}>
        {shared && (
          // biome-ignore lint/performance/noImgElement: drawn by the picture's renderer, never by a browser
          <img alt="" {...graphFrame} src={dataUrl(graphSvg(shared.sketch, graphFrame))} />
        )}
      </div>
    </div>
  )
}

const dataUrl = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="64" height="64"><rect width="32" height="32" rx="8" fill="#5446e0"/><path d="M11 21 25 7" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/><circle cx="10" cy="22" r="4" fill="#fff"/></svg>'

const MarkOfBaton = () => (
  // biome-ignore lint/performance/noImgElement: drawn by the picture's renderer, never by a browser
  <img alt="" width={64} height={64} src={dataUrl(mark)} />
)
