/** Ends the session of this browser and starts over. */
export async function signOut(): Promise<void> {
  await fetch('/api/v1/session', { method: 'DELETE' })
  window.location.assign('/')
}
