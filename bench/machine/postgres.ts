import { Client } from 'pg'

/** One connection for looking on from outside. */
export async function look<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'bench-look' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A database beside the one of this address, on the same server. */
export async function createDatabaseBeside(url: string, name: string): Promise<string> {
  await look(url, (client) => client.query(`create database "${name}"`))
  const beside = new URL(url)
  beside.pathname = `/${name}`
  return beside.href
}

/** How many transactions have written so far, this question included. */
export async function writingCommits(client: Client): Promise<number> {
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  return Number(rows[0]?.xid)
}
