import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { SUPERUSER } from '@/server/db/embedded/initialise'

const addressSchema = z.object({
  port: z.number().int(),
  password: z.string().min(1),
  /** Where the cluster lies; elsewhere than in the data folder when PostgreSQL's user cannot get in there. */
  cluster: z.string().min(1),
  /** The data folder this file was written for: a copied folder must not claim the original's outside cluster. */
  dataDir: z.string().min(1),
})
export type Address = z.infer<typeof addressSchema>

const fileIn = (dataDir: string) => path.join(dataDir, 'postgres.json')

export function readAddress(dataDir: string): Address | null {
  const file = fileIn(dataDir)
  if (!existsSync(file)) return null
  const reading = addressSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!reading.success) throw new Error(`${file} is damaged: it must hold the port and password of the database.`)
  return reading.data
}

export function writeAddress(dataDir: string, address: Address) {
  const file = fileIn(dataDir)
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(address, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}

export const urlOf = ({ port, password }: Pick<Address, 'port' | 'password'>, database = SUPERUSER) =>
  `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

/** For programs beside a running Baton (the CLI): where its own database listens, or null when it has none. */
export function embeddedUrl(dataDir: string): string | null {
  const address = readAddress(path.resolve(dataDir))
  return address ? urlOf(address) : null
}
