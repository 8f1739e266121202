'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf } from '@/components/editor/graph/kinds'
import { Markdown } from '@/components/ui/markdown'
import { isJsonObject, type Json } from '@/engine/json'
import { previewOf, type Ref } from '@/engine/payload'
import { isWithheld } from '@/engine/share/projection'
import { readDecision } from '@/engine/team/decision'
import { textOf } from '@/engine/text-of'
import { NotShared } from './ref-view'
import { useRunPlace } from './run-place'
import { readableStart } from './value-text'
import { useReadValue } from './values/use-read-value'
import { wholeValue } from './values/wire-value'

/** What a member said: its words, or, when it leads, what it says and whom it asks for what. */
export function SaidText({ value }: { value: Ref }) {
  const readValue = useReadValue()
  const whole = wholeValue(value)
  const read = useQuery({ ...readValue(value.hash), enabled: whole === null })
  if (isWithheld(value)) return <NotShared />
  const said: Json | undefined = whole ? whole.value : read.data
  if (said === undefined) return <Markdown text={`${readableStart(previewOf(value))}…`} />
  return isDecision(said) ? <DecisionView said={said} /> : <Markdown text={textOf(said)} />
}

const isDecision = (said: Json): boolean =>
  isJsonObject(said) && isJsonObject(said.data) && 'say' in said.data && 'finish' in said.data

function DecisionView({ said }: { said: Json }) {
  const { graph } = useRunPlace()
  const { byId } = indexOf(graph)
  const { say, delegate, finish } = readDecision(said)
  const titled = (id: string) => {
    const node = byId.get(id)
    return node ? nameOf(node) : id
  }
  return (
    <div className="grid grid-cols-1 gap-2">
      {say !== '' && <Markdown text={say} />}
      {delegate.map(({ to, task }) => (
        <div key={`${to} ${task}`} className="bg-sunken rounded-control px-2.5 py-1.5">
          <p className="text-people flex items-center gap-1 text-xs font-semibold">
            <ArrowRight size={13} aria-label="to" />
            {titled(to)}
          </p>
          <Markdown text={task} />
        </div>
      ))}
      {finish !== null && <Markdown text={finish} />}
    </div>
  )
}
