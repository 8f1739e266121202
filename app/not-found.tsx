import Link from 'next/link'

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-3 px-5">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <Link href="/" className="text-accent justify-self-start underline">
        To the workflows
      </Link>
    </main>
  )
}
