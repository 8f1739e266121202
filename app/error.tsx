'use client'
import { Button } from '@/components/ui/button'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center justify-items-start gap-3 px-5">
      <h1 className="text-xl font-semibold">This page stopped working</h1>
      <p className="text-ink-soft">
        Nothing that runs is affected. Load the page again; if it happens twice, it is our mistake.
      </p>
      <Button tone="primary" onClick={reset}>
        Load again
      </Button>
    </main>
  )
}
