export function checkCapabilities(root: string): { rows: number; problems: string[] }
