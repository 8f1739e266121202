export function digest(entries: string[], base?: string): string
