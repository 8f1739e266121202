'use client'
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { type ReactNode, useState } from 'react'
import { toastFailed } from '@/components/ui/toast'
import type { AppRouter } from '@/server/api/trpc/router'
import { problemOf, worthRetrying } from './problem'
import { TRPCProvider } from './trpc'

/** The way from every component to the server. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [plainPages, httpBatchLink({ url: '/api/trpc' })] }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

/** Lists are asked for page by page; the direction that the library adds is no field of ours, and those are checked. */
const plainPages: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => next({ ...op, input: withoutDirection(op.input) }).subscribe(observer))

function withoutDirection(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('direction' in input)) return input
  const { direction: _, ...rest } = input
  return rest
}

/** A change that failed is always said: in its form where it has a place (`meta.shown`), else in a toast. */
const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: (count, error) => count < 3 && worthRetrying(error) } },
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => {
        if (mutation.meta?.shown !== true) toastFailed(problemOf(error).detail)
      },
    }),
  })
