// npm run record-templates [-- id …]: runs templates with the answers written for them and keeps the logs.
import { prepare } from './lib/prepare.mjs'
import { childEnv, runTool } from './lib/project.mjs'

await prepare([], { log: console.log, output: 'keep' })
const env = childEnv({ NODE_ENV: 'test', RECORD_TEMPLATES: process.argv.slice(2).join(',') })
const { code } = await runTool('vitest', ['run', '--config', 'vitest.record.config.ts'], { env })
process.exitCode = code
