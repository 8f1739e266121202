import type { Context } from '@/bench/context'
import type { PartName, Row } from '@/bench/result'

export type Part = { name: PartName; title: string; run: (context: Context) => Promise<Row[]> }
