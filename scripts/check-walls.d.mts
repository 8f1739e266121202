export function checkWalls(
  root: string,
  overrides?: Record<string, unknown>,
): Promise<{ modules: number; problems: string[] }>
