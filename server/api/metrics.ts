import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Metrics = {
  /** Others add their own to it. */
  registry: Registry
  answered: (route: string, status: number, seconds: number) => void
}

/** Labels are looked up once: this is on the way of every request. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'baton_' })
  const requests = new Counter({
    name: 'baton_http_requests_total',
    help: 'Answered requests.',
    labelNames: ['route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'baton_http_request_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300],
    registers: [registry],
  })
  const counters = new Map<string, { inc: () => void }>()
  const timers = new Map<string, { observe: (value: number) => void }>()

  return {
    registry,
    answered: (route, status, took) => {
      const key = `${status} ${route}`
      const counter = counters.get(key) ?? requests.labels(route, String(status))
      const timer = timers.get(route) ?? seconds.labels(route)
      counters.set(key, counter)
      timers.set(route, timer)
      counter.inc()
      timer.observe(took)
    },
  }
}
