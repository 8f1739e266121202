const lockName = (tab: string): string => `baton.tab.${tab}`

let own: Promise<string> | null = null

/** The name of this tab, held as long as it lives: whoever finds a draft can tell whether its tab is still open. */
export const holdTab = (): Promise<string> => {
  own ??= nameTab()
  return own
}

async function nameTab(): Promise<string> {
  const known = sessionStorage.getItem('baton.tab')
  // A tab that was duplicated brings the name of its twin along.
  const tab = known !== null && (await hold(known)) ? known : crypto.randomUUID()
  if (tab !== known) await hold(tab)
  sessionStorage.setItem('baton.tab', tab)
  return tab
}

/** Browsers have locks on https and on this machine; elsewhere every tab counts as closed. */
const locks = (): LockManager | undefined => ('locks' in navigator ? navigator.locks : undefined)

const hold = (tab: string): Promise<boolean> => {
  const manager = locks()
  if (manager === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    void manager.request(lockName(tab), { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise<void>(() => {})
    })
  })
}

/** The other tabs that are open. */
export async function openTabs(tab: string): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {}
  const names = held.flatMap(({ name }) => (name?.startsWith('baton.tab.') ? [name.slice('baton.tab.'.length)] : []))
  return new Set(names.filter((name) => name !== tab))
}
