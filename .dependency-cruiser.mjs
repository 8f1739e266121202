// The walls of the house: which folder may import which. Checked by scripts/check-walls.mjs, which also makes sure
// that this really read every module. Tests and test helpers may reach across; the shipped code may not.
const TEST = String.raw`\.(test|e2e)\.tsx?$|/testing/`
const at = (folder) => `^${folder}/`
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

/** Only code below `folder` may import the package. */
const only = (folder, names, name) =>
  forbid(
    name,
    { path: '^(engine|nodes|server|components|app)/', pathNot: [at(folder), TEST] },
    { path: packages(...names) },
    `only ${folder} imports ${names.join(', ')}`,
  )

export default {
  forbidden: [
    forbid('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }, 'no import cycles'),
    forbid('nothing-imports-app', { pathNot: at('app') }, { path: at('app') }, 'pages are the outermost layer'),

    forbid(
      'engine-imports-itself-only',
      { path: at('engine'), pathNot: TEST },
      { pathNot: [at('engine'), packages('zod', '@marcbachmann/cel-js', 'liquidjs', 're2js', 'yaml')] },
      'the engine is a calculation: zod, CEL, Liquid, YAML and itself',
    ),

    forbid(
      'spec-imports-engine-only',
      { path: '^nodes/[^/]+/spec\\.ts$' },
      { pathNot: [at('engine'), packages('zod')] },
      "a kind's spec is light data",
    ),
    forbid(
      'run-imports-engine-and-own-folder',
      { path: '^nodes/([^/]+)/', pathNot: ['^nodes/registry/', '/view\\.tsx$', TEST] },
      { path: '^(nodes|server|components|app)/', pathNot: '^nodes/$1/' },
      "a kind's run is handed its tools and never reaches another kind",
    ),
    forbid(
      'view-imports-node-kit-and-ui',
      { path: '^nodes/([^/]+)/view\\.tsx$', pathNot: TEST },
      { path: '^(nodes|server|components|app)/', pathNot: ['^nodes/$1/', '^components/(node-kit|ui)/'] },
      "a kind's view is built of node-kit and ui",
    ),
    forbid(
      'view-never-reaches-run',
      { path: '^nodes/[^/]+/view\\.tsx$|^nodes/registry/(specs|views)', pathNot: TEST },
      { path: '^nodes/[^/]+/run\\.ts$|^nodes/registry/runs', reachable: true },
      'the browser must not load what does the work',
    ),

    forbid(
      'components-see-server-as-type',
      { path: at('components'), pathNot: TEST },
      { path: at('server'), dependencyTypesNot: ['type-only'] },
      'components know the server through types only',
    ),
    forbid(
      'components-load-no-runs',
      { path: at('components'), pathNot: TEST },
      { path: '^nodes/[^/]+/run\\.ts$|^nodes/registry/runs' },
      'components load specs and views',
    ),
    forbid(
      'ui-knows-no-feature',
      { path: '^components/ui/', pathNot: TEST },
      { path: '^(engine|nodes|server|components)/', pathNot: '^components/ui/' },
      'controls know nothing of workflows',
    ),
    forbid(
      'node-kit-knows-no-feature',
      { path: '^components/node-kit/', pathNot: TEST },
      { path: '^(nodes|server|components)/', pathNot: '^components/(ui|node-kit)/' },
      'node-kit is what views are built of',
    ),
    forbid(
      'app-reaches-server-by-one-door',
      { path: at('app') },
      { path: '^(server|nodes)/', pathNot: '^server/in-process\\.ts$', dependencyTypesNot: ['type-only'] },
      'Next bundles its own copy of every module: pages use server/in-process.ts',
    ),

    forbid(
      'server-imports-no-pages',
      { path: at('server'), pathNot: TEST },
      { path: '^components/|^nodes/.*view\\.tsx$|^nodes/registry/views' },
      'the server shows nothing',
    ),
    forbid(
      'api-never-touches-database',
      { path: at('server/api'), pathNot: TEST },
      { path: ['^server/db/', '^generated/', packages('pg', '@prisma/[^/]+')], dependencyTypesNot: ['type-only'] },
      'the API parses, calls a use case, maps the answer',
    ),
    only('server/queue', ['pg-boss'], 'only-queue-imports-pg-boss'),
    only('server/outbound', ['undici', 'node-fetch', 'got', 'axios'], 'only-outbound-fetches'),
    only('server/models', ['openai'], 'only-models-import-openai'),
    only('server/db', ['@prisma/client', '@prisma/adapter-pg', 'prisma'], 'only-db-imports-prisma'),
    forbid(
      'only-db-imports-generated-client',
      { path: '^(engine|nodes|server|components|app)/', pathNot: [at('server/db'), TEST] },
      { path: '^generated/' },
      'only server/db imports the generated client',
    ),
    forbid(
      'no-unresolved-imports',
      { path: '^(engine|nodes|server|components|app)/' },
      { couldNotResolve: true },
      'an import that does not resolve is not checked either',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules|^generated/' },
    exclude: { path: String.raw`\.css$|^\.next/|^dist/` },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
