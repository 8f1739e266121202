import { resolverOver } from '@/engine/run/bindings'
import type { Resolver } from '@/engine/run/resolve'
import { type Drive, readValue } from './drive'

/** How the expressions of this run find their values. */
export const resolverOf = (drive: Drive): Resolver =>
  resolverOver({ state: drive.state, valueOf: (ref) => readValue(drive, ref) })
