import { previewOf, type Ref } from '../payload'
import type { RunEvent, Waiting } from './events'

/** A value as it leaves the server with an event: its beginning, never the whole. */
export type WireRef = { hash: string; size: number; preview: string }

type Wire<T> = T extends Ref ? WireRef : { [K in keyof T]: K extends RefField ? WireField<T[K]> : T[K] }
type RefField =
  | 'input'
  | 'pins'
  | 'output'
  | 'detail'
  | 'result'
  | 'request'
  | 'handled'
  | 'waiting'
  | 'message'
  | 'arguments'
type WireField<T> = T extends Ref ? WireRef : T extends { output: Ref } | Waiting ? Wire<T> : T

/** An event as sockets and pages carry it. Every WireEvent is a RunEvent, so both fold with the same `reduce`. */
export type WireEvent = Wire<RunEvent>
type WireWaiting = Wire<Waiting>

const bare = (ref: Ref): WireRef => ({ hash: ref.hash, size: ref.size, preview: previewOf(ref) })

export function toWire(event: RunEvent): WireEvent {
  switch (event.type) {
    case 'run.created': {
      const { pins, ...rest } = event
      return { ...rest, input: bare(event.input), ...(pins && { pins: bare(pins) }) }
    }
    case 'run.completed':
      return { ...event, output: bare(event.output) }
    case 'node.waiting':
      return { ...event, waiting: bareWaiting(event.waiting) }
    case 'node.completed': {
      const { output, detail, ...rest } = event
      return { ...rest, output: bare(output), ...(detail && { detail: bare(detail) }) }
    }
    case 'node.failed': {
      const { handled, ...rest } = event
      return { ...rest, ...(handled && { handled: { port: handled.port, output: bare(handled.output) } }) }
    }
    case 'step.completed': {
      const { result, request, ...rest } = event
      return { ...rest, result: bare(result), ...(request && { request: bare(request) }) }
    }
    default:
      return event
  }
}

function bareWaiting(waiting: Waiting): WireWaiting {
  if (waiting.reason === 'approval') return { ...waiting, message: bare(waiting.message) }
  if (waiting.reason === 'tool_approval') return { ...waiting, arguments: bare(waiting.arguments) }
  return waiting
}
