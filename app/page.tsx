export default function StartPage() {
  return (
    <main className="mx-auto max-w-2xl p-8">
      <h1 className="text-2xl font-semibold">Baton</h1>
    </main>
  )
}
