import { Badge } from '@/components/ui/badge'
import type { ToolRisk } from '@/engine/tools/tool-spec'

const looks = {
  read: { tone: 'neutral', word: 'reads', title: 'It changes nothing outside.' },
  write: { tone: 'waiting', word: 'writes', title: 'It may change something outside.' },
  danger: { tone: 'failed', word: 'danger', title: 'It may destroy something or spend money.' },
} as const

export function RiskBadge({ risk }: { risk: ToolRisk }) {
  const { tone, word, title } = looks[risk]
  return (
    <Badge tone={tone} title={title}>
      {word}
    </Badge>
  )
}
