import type { Part } from '@/bench/parts/part'
import { throughput } from '@/bench/parts/throughput'

export const parts: readonly Part[] = [throughput]
