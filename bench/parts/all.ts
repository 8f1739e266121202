import { agents } from '@/bench/parts/agents'
import { canvas } from '@/bench/parts/canvas'
import { footprint } from '@/bench/parts/footprint'
import { live } from '@/bench/parts/live'
import type { Part } from '@/bench/parts/part'
import { shapes } from '@/bench/parts/shapes'
import { sockets } from '@/bench/parts/sockets'
import { steps } from '@/bench/parts/steps'
import { throughput } from '@/bench/parts/throughput'

export const parts: readonly Part[] = [throughput, agents, shapes, steps, live, sockets, footprint, canvas]
