export function registryFiles(root?: string): Record<string, string>
