import { z } from 'zod'
import { expression, name, plainText, template } from '@/engine/kind/fields'
import { defineSpec, type Finding } from '@/engine/kind/spec'

const Route = z.strictObject({
  name: name({ title: 'Name', description: 'The port it leaves by.' }),
  when: expression({
    title: 'When',
    description: 'A condition (CEL). The first route whose condition is true is taken.',
  }).optional(),
  description: plainText({
    title: 'Description',
    description: 'What belongs here, for the model that chooses.',
  }).optional(),
})

const config = z.strictObject({
  mode: z.enum(['rules', 'model']).default('rules').meta({
    title: 'Mode',
    description: 'rules: the first condition that is true decides. model: a model chooses.',
  }),
  routes: z
    .array(Route)
    .min(1)
    .max(50)
    .meta({ title: 'Routes', description: 'The ways on. What fits none goes to otherwise.' }),
  model: plainText({ title: 'Model', description: 'The model that chooses. Left out: default.' }, 200).optional(),
  prompt: template({
    title: 'Prompt',
    description: 'What the model looks at. May hold {{ references }}. Left out: what arrives.',
  }).optional(),
})
export type RouterConfig = z.infer<typeof config>

export const routerSpec = defineSpec<RouterConfig>({
  kind: 'router',
  title: 'Router',
  summary: 'Sends what arrives one of several ways.',
  family: 'flow',
  config,
  ports: ({ routes }) => [...routes.map((route) => route.name), 'otherwise'],
  expressions: ({ mode, routes, prompt }) => {
    if (mode === 'rules') return routes.flatMap(({ when }, index) => condition(when, index))
    return prompt === undefined ? [] : [{ field: 'prompt', type: 'text', source: prompt }]
  },
  work: ({ mode }) => (mode === 'rules' ? 'inline' : 'steps'),
  repeatable: () => true,
  defaultRetries: 0,
  mentions: ({ mode, model }) => ({ models: mode === 'model' && model !== undefined ? [model] : [] }),
  check: ({ mode, routes }) => [...checkNames(routes), ...checkRoutes(mode, routes)],
  outputFields: () => ['route', 'reason'],
})

const condition = (when: string | undefined, index: number) =>
  when === undefined ? [] : [{ field: `routes.${index}.when`, type: 'condition' as const, source: when }]

type Routes = RouterConfig['routes']

function checkNames(routes: Routes): Finding[] {
  const seen = new Set<string>()
  return routes.flatMap(({ name }, index): Finding[] => {
    const field = `routes.${index}.name`
    if (name === 'otherwise' || name === 'error') {
      return [
        { code: 'reserved_name', field, message: `Every router has a way called ${name} already. Rename the route.` },
      ]
    }
    if (seen.has(name)) {
      return [{ code: 'duplicate_name', field, message: `There are two routes named ${name}. Rename one of them.` }]
    }
    seen.add(name)
    return []
  })
}

const checkRoutes = (mode: RouterConfig['mode'], routes: Routes): Finding[] =>
  routes.flatMap(({ name, when }, index): Finding[] => {
    if (mode === 'model' || when !== undefined) return []
    const message = `The route ${name} has no condition. Say when it is taken, or let a model choose (mode: model).`
    return [{ code: 'missing_field', field: `routes.${index}.when`, message }]
  })
