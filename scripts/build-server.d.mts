import type { BuildOptions } from 'esbuild'

export function serverBuildOptions(
  outdir?: string,
  mode?: string,
): Omit<BuildOptions, 'entryPoints'> & { entryPoints: { in: string; out: string }[] }
