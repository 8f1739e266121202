import { Mark } from '@/components/shell/nav'
import { ButtonLink } from '@/components/ui/button'

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 px-5">
      <Mark />
      <header className="grid gap-2">
        <h1 className="text-xl font-semibold">There is no such page</h1>
        <p className="text-ink-soft">The address may be mistyped, or what was there has been deleted.</p>
      </header>
      <div className="flex flex-wrap gap-2">
        <ButtonLink tone="primary" href="/">
          To the workflows
        </ButtonLink>
        <ButtonLink href="/runs">To the runs</ButtonLink>
      </div>
    </main>
  )
}
