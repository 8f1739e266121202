import { CopyButton } from '@/components/ui/copy-button'
import { Mark } from './nav'

const command = 'npm run -s baton -- link'

/** Not an error: the way in is a link that Baton prints. */
export function SignedOut() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 px-5 py-10">
      <Mark />
      <header className="grid gap-2">
        <h1 className="text-xl font-semibold">Sign in to Baton</h1>
        <p className="text-ink-soft">
          Baton printed a sign-in link when it started. Open it in this browser. A link works once, for 15 minutes; this
          command, run in Baton's folder, makes a new one:
        </p>
      </header>
      <div className="bg-surface border-line rounded-card flex items-center justify-between gap-3 border py-2 pr-2 pl-4">
        <code className="overflow-x-auto font-mono text-sm whitespace-nowrap">{command}</code>
        <CopyButton text={command} />
      </div>
    </main>
  )
}
