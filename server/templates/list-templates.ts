import { done } from '@/server/refusal'
import { ownTemplates } from '@/server/templates/own/find-template'
import { readTemplates, type TemplateFault } from '@/server/templates/read-templates'
import { type TemplateView, viewTemplate } from '@/server/templates/template-view'
import { type Deps, forRole } from '@/server/use-case'

export const listTemplates = forRole('viewer', async (deps, actor, _input: Record<never, never>) => {
  const { templates, faults } = await readTemplates()
  tell(deps, faults)
  const shipped = templates.map((template) => viewTemplate({ ...template, source: 'gallery' }))
  const own = (await ownTemplates(deps, actor)).map(viewTemplate)
  return done<{ templates: TemplateView[] }>({ templates: [...shipped, ...own] })
})

const told = new WeakSet<TemplateFault>()

/** A broken file keeps nobody from the others; whoever runs the server hears of it, once. */
function tell({ report }: Pick<Deps, 'report'>, faults: readonly TemplateFault[]): void {
  for (const fault of faults) {
    if (told.has(fault)) continue
    told.add(fault)
    const why = fault.problems.map(({ message }) => message).join(' ')
    report(new Error(`The template ${fault.id} can not be read. ${why}`), { template: fault.id })
  }
}
