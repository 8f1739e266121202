import path from 'node:path'
import { z } from 'zod'
import { type LimitSettings, usualLimits } from '@/server/limits/limits'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** An empty variable means "not set": that is what `FOO= npm start` and most compose files intend. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema)

const flag = (name: string, usual: '0' | '1' = '0') =>
  optional(
    z
      .enum(['0', '1', 'true', 'false'], `${name} must be 1 or 0.`)
      .default(usual)
      .transform((value) => value === '1' || value === 'true'),
  )

const httpUrl = (name: string) =>
  optional(
    z
      .url({ protocol: /^https?$/, error: `${name} must be an http or https URL, like http://localhost:11434/v1.` })
      .optional(),
  )

const hostPort = /^(\[[0-9a-fA-F:]+\]|[^\s:,[\]/]+):([0-9]{1,5}|\*)$/

const allowPrivate = optional(
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .refine(
      (entries) => entries.every((entry) => hostPort.test(entry)),
      'BATON_ALLOW_PRIVATE must be a list of host:port, separated by commas, like localhost:11434,10.0.0.5:8080.',
    ),
)

const wholeNumber = (name: string, range: { min: number; max: number; fallback: number }) =>
  optional(
    z
      .string()
      .regex(/^[0-9]{1,9}$/, `${name} must be a whole number.`)
      .default(String(range.fallback))
      .transform(Number)
      .refine(
        (value) => value >= range.min && value <= range.max,
        `${name} must be between ${range.min} and ${range.max}.`,
      ),
  )

const settings = z.object({
  PORT: wholeNumber('PORT', { min: 0, max: 65_535, fallback: 3000 }),
  HOST: optional(z.string().regex(/^\S+$/, 'HOST must be a host name or address without spaces.').default('127.0.0.1')),
  BATON_DATA_DIR: optional(z.string().default('.baton')),
  DATABASE_URL: optional(
    z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'DATABASE_URL must be a PostgreSQL URL, like postgresql://user:password@host:5432/baton.',
      })
      .optional(),
  ),
  BATON_ROLE: optional(z.enum(['all', 'web', 'worker'], 'BATON_ROLE must be all, web or worker.').default('all')),
  BATON_ALLOW_NETWORK: flag('BATON_ALLOW_NETWORK'),
  BATON_ALLOW_PRIVATE: allowPrivate,
  BATON_PUBLIC_URL: httpUrl('BATON_PUBLIC_URL'),
  BATON_RATE_LIMITS: flag('BATON_RATE_LIMITS', '1'),
  BATON_API_RATE: wholeNumber('BATON_API_RATE', { min: 1, max: 1_000_000, fallback: usualLimits.apiRate }),
  BATON_TRUST_PROXY: wholeNumber('BATON_TRUST_PROXY', { min: 0, max: 10, fallback: 0 }),
  BATON_SECRET_KEY: optional(
    z
      .string()
      .refine(
        (text) => decodedLength(text) === 32,
        'BATON_SECRET_KEY must be 32 bytes in base64 or 64 hex digits (make one with: openssl rand -base64 32).',
      )
      .optional(),
  ),
  BATON_LOG_LEVEL: optional(
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'BATON_LOG_LEVEL must be debug, info, warn, error or silent.')
      .default('info'),
  ),
  OPENAI_API_KEY: optional(
    z.string().regex(/^\S+$/, 'OPENAI_API_KEY must not contain spaces or line breaks.').optional(),
  ),
  OPENAI_BASE_URL: httpUrl('OPENAI_BASE_URL'),
  OPENAI_MODEL: optional(z.string().optional()),
})

export type Env = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | null
  role: 'all' | 'web' | 'worker'
  allowNetwork: boolean
  allowPrivate: readonly string[]
  publicUrl: string | null
  secretKey: string | null
  limits: LimitSettings
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  openai: { apiKey: string | null; baseUrl: string | null; model: string | null }
}

export type EnvReading = { ok: true; env: Env } | { ok: false; problems: string[] }

/** Reads and checks every setting once, at start, and names everything that is wrong in one go. */
export function readEnv(source: Record<string, string | undefined>): EnvReading {
  const reading = settings.safeParse(source)
  const problems = reading.success ? [] : reading.error.issues.map((issue) => issue.message)
  problems.push(...conflicts(source))
  if (!reading.success || problems.length > 0) return { ok: false, problems }
  const value = reading.data
  return {
    ok: true,
    env: {
      port: value.PORT,
      host: value.HOST,
      dataDir: path.resolve(value.BATON_DATA_DIR),
      databaseUrl: value.DATABASE_URL ?? null,
      role: value.BATON_ROLE,
      allowNetwork: value.BATON_ALLOW_NETWORK,
      allowPrivate: value.BATON_ALLOW_PRIVATE,
      publicUrl: value.BATON_PUBLIC_URL ?? null,
      secretKey: value.BATON_SECRET_KEY ?? null,
      limits: { isOn: value.BATON_RATE_LIMITS, apiRate: value.BATON_API_RATE, proxies: value.BATON_TRUST_PROXY },
      logLevel: value.BATON_LOG_LEVEL,
      openai: {
        apiKey: value.OPENAI_API_KEY ?? null,
        baseUrl: value.OPENAI_BASE_URL ?? null,
        model: value.OPENAI_MODEL ?? null,
      },
    },
  }
}

export function decodeSecretKey(text: string): Buffer {
  return /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
}

const decodedLength = (text: string) => decodeSecretKey(text).length

/** Rules between settings: checked on the raw values, so that they are reported beside the others. */
function conflicts(source: Record<string, string | undefined>): string[] {
  const found: string[] = []
  const host = source.HOST || '127.0.0.1'
  const open = source.BATON_ALLOW_NETWORK === '1' || source.BATON_ALLOW_NETWORK === 'true'
  if (!LOOPBACK.has(host) && !open) {
    found.push(
      `HOST=${host} would make Baton reachable from the network. Set BATON_ALLOW_NETWORK=1 as well if that is intended.`,
    )
  }
  const role = source.BATON_ROLE || 'all'
  if ((role === 'web' || role === 'worker') && !source.DATABASE_URL) {
    found.push(`BATON_ROLE=${role} needs DATABASE_URL: several processes must share one PostgreSQL.`)
  }
  return found
}
