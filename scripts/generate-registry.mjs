import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('..', import.meta.url))

const lists = {
  specs: {
    file: 'spec.ts',
    member: (kind) => `${kind}Spec`,
    head: "import type { KindSpec, KindSpecs } from '@/engine/kind/spec'",
    open: '/** Every kind of node, by name. */\nexport const specs: KindSpecs = {',
    // Inside its spec a kind knows its config; for everybody else the config is opaque.
    entry: (kind) => `  ${kind}: ${kind}Spec as KindSpec,`,
  },
  runs: {
    file: 'run.ts',
    member: (kind) => `${kind}Run`,
    head: "import type { KindRuns } from '@/engine/kind/run'",
    open: '/** What every kind does, by name. */\nexport const runs: KindRuns = {',
    entry: (kind) => `  ${kind}: ${kind}Run,`,
  },
  views: {
    file: 'view.tsx',
    member: (kind) => `${kind}View`,
    head: "import type { KindViews } from '@/components/node-kit/view'",
    open: '/** How every kind looks, by name. */\nexport const views: KindViews = {',
    entry: (kind) => `  ${kind}: ${kind}View,`,
  },
}

const kindsWith = (root, file) =>
  readdirSync(path.join(root, 'nodes'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(path.join(root, 'nodes', entry.name)).includes(file))
    .map((entry) => entry.name)
    .sort()

/** The text of every list that has something in it, by its file. */
export function registryFiles(root = here) {
  const files = {}
  for (const [name, list] of Object.entries(lists)) {
    const kinds = kindsWith(root, list.file)
    if (kinds.length === 0) continue
    const from = list.file.replace(/\.tsx?$/, '')
    files[`nodes/registry/${name}.ts`] = [
      '// Made by `node scripts/generate-registry.mjs` from the folders in nodes/. A stale list fails the tests.',
      list.head,
      ...kinds.map((kind) => `import { ${list.member(kind)} } from '@/nodes/${kind}/${from}'`),
      '',
      list.open,
      ...kinds.map(list.entry),
      '}',
      '',
    ].join('\n')
  }
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(registryFiles())) writeFileSync(path.join(here, file), text)
}
