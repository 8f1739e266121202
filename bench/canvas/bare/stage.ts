/** Where the canvas lies in the window, and what it shows: on both pages the same. */
export type Stage = {
  place: { x: number; y: number; width: number; height: number }
  viewport: { x: number; y: number; zoom: number }
}

export const writeStage = (stage: Stage): string => `#${encodeURIComponent(JSON.stringify(stage))}`

export const readStage = (hash: string): Stage => JSON.parse(decodeURIComponent(hash.slice(1))) as Stage
