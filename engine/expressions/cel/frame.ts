import type { Json } from '@/engine/json'
import type { Scope } from '../scope'
import type { Work } from './work'

/** One evaluation: `slots` hold the variables of macros, found at compile time. */
export type Frame = { readonly scope: Scope; readonly slots: Json[]; readonly work: Work }
export type Evaluate = (frame: Frame) => Json
