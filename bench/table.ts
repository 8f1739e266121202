import { isReached, type PartResult, type Row } from '@/bench/result'

const columns = { measure: 66, value: 18, goal: 12 }

export function printPart({ part, title, seconds, rows, error }: PartResult): string {
  const head = `\n(${part}) ${title}  [${seconds.toFixed(0)} s]`
  const failed = error === undefined ? [] : [`  failed: ${error}`]
  return [head, ...rows.map(printRow), ...failed].join('\n')
}

function printRow(row: Row): string {
  const { measure, value, unit, goal } = row
  const wanted = goal ? goalText(goal) : ''
  const verdict = { true: 'reached', false: 'MISSED', null: '' }[String(isReached(row)) as 'true' | 'false' | 'null']
  return [
    `  ${measure.padEnd(columns.measure)}`,
    `${number(value)} ${unit}`.padStart(columns.value),
    wanted.padStart(columns.goal),
    ` ${verdict}`,
  ]
    .join(' ')
    .trimEnd()
}

function goalText(goal: NonNullable<Row['goal']>): string {
  if ('below' in goal) return `< ${number(goal.below)}`
  return 'atMost' in goal ? `≤ ${number(goal.atMost)}` : `≥ ${number(goal.atLeast)}`
}

/** Three digits that say something, thousands set apart. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  const [whole = '', rest] = value.toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined || /^0+$/.test(rest) ? grouped : `${grouped}.${rest}`
}
