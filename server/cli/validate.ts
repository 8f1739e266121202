import type { Context } from '@/server/cli/context'
import { checkFile, problemLine } from '@/server/cli/graph-file'

export function validate({ out, err }: Context, file: string): number {
  const { graph, problems } = checkFile(file)
  for (const problem of problems) err(problemLine(problem))
  if (graph === null) return 1
  out(`${file} is a valid graph: ${graph.name}, ${graph.nodes.length} nodes.`)
  return 0
}
