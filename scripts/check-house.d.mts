export function checkHouse(root: string): { files: number; problems: string[] }
