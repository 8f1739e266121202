import { parseArgs } from 'node:util'
import { CliError } from '@/server/cli/cli-error'
import { type Context, openContext } from '@/server/cli/context'
import { createKeyCommand } from '@/server/cli/create-key'
import { exportWorkflowCommand } from '@/server/cli/export'
import { help } from '@/server/cli/help'
import { importFile } from '@/server/cli/import'
import { link } from '@/server/cli/link'
import { run } from '@/server/cli/run'
import { validate } from '@/server/cli/validate'

const options = {
  help: { type: 'boolean', short: 'h' },
  name: { type: 'string' },
  role: { type: 'string' },
  input: { type: 'string', short: 'i' },
  json: { type: 'boolean' },
  publish: { type: 'boolean' },
  format: { type: 'string' },
  version: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const

type Values = ReturnType<typeof parse>['values']

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true, strict: true })

/** Which options a command knows and how many words stand behind it. */
const commands: { [name: string]: { words: number; knows: readonly (keyof Values)[]; usage: string } } = {
  link: { words: 0, knows: [], usage: 'link' },
  'keys create': { words: 0, knows: ['name', 'role'], usage: 'keys create --name <name> [--role <role>]' },
  validate: { words: 1, knows: [], usage: 'validate <file>' },
  run: { words: 1, knows: ['input', 'json'], usage: 'run <file> [--input <json>] [--json]' },
  import: { words: 1, knows: ['publish'], usage: 'import <file> [--publish]' },
  export: {
    words: 1,
    knows: ['format', 'version', 'output'],
    usage: 'export <workflow> [--format yaml|json] [--version <n>] [--output <file>]',
  },
}

type Streams = Pick<Context, 'out' | 'err'>

/** Returns the exit code: 0 done, 1 not done, 2 not understood. */
export async function runCli(
  args: readonly string[],
  variables: Context['variables'],
  streams: Streams,
): Promise<number> {
  try {
    return await dispatch(args, variables, streams)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    streams.err(error.message)
    for (const hint of error.hints) streams.err(`  ${hint}`)
    return 1
  }
}

async function dispatch(args: readonly string[], variables: Context['variables'], streams: Streams): Promise<number> {
  const read = readArguments(args)
  if (typeof read === 'string') {
    streams.err(`${read}\n\nSee: npm run -s baton -- --help`)
    return 2
  }
  if (read.command === 'help') {
    streams.out(help.trimEnd())
    return 0
  }
  const context = openContext(variables, streams)
  const { command, word, values } = read
  switch (command) {
    case 'link':
      return link(context)
    case 'keys create':
      return createKeyCommand(context, { name: values.name, role: values.role })
    case 'validate':
      return validate(context, word)
    case 'run':
      return run(context, word, { input: values.input, json: values.json ?? false })
    case 'import':
      return importFile(context, word, { publish: values.publish ?? false })
    default:
      return exportWorkflowCommand(context, word, {
        format: values.format,
        version: values.version,
        output: values.output,
      })
  }
}

type Read = { command: string; word: string; values: Values }

/** Text says what was not understood. */
function readArguments(args: readonly string[]): Read | string {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals } = parsed
  const [first, ...rest] = positionals
  if (values.help || first === 'help' || first === undefined) return { command: 'help', word: '', values }
  const [name, words] = first === 'keys' ? [`keys ${rest[0] ?? ''}`, rest.slice(1)] : [first, rest]
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return `There is no command ${name.trim()}.`
  const strange = (Object.keys(values) as (keyof Values)[]).find((option) => !command.knows.includes(option))
  if (strange !== undefined) return `${name} has no option --${strange}.\nUsage: ${command.usage}`
  if (words.length !== command.words) return `Usage: ${command.usage}`
  return { command: name, word: words[0] ?? '', values }
}
