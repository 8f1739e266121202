import { type Json, type JsonObject, own } from '@/engine/json'

/** Values by root name, asked for one by one: nothing is gathered that an expression does not use. */
export type Scope = { get(name: string): Json | undefined }

export const scopeOf = (values: JsonObject): Scope => ({ get: (name) => own(values, name) })
