import { isHidden } from './styles'

/** Wider than this no table is that somebody copies; cells that span whole sheets say they are. */
const widest = 200

/** Whether a table only arranges a page: its cells are then read one after the other. */
export function isLayout(table: HTMLElement): boolean {
  if (table.querySelector('table')) return true
  return rowsOf(table).every(row => cellsOf(row).length < 2) && table.querySelector('p, div, ul, ol, pre') !== null
}

/** A line a row, a text a cell. Where cells are merged the text stands in the first, and the others are empty. */
export function tableRows(table: HTMLElement, textOf: (cell: HTMLElement) => string): string[][] {
  const below = new Map<number, number>()
  const rows = rowsOf(table).map(row => {
    const line: string[] = []
    const skip = () => {
      for (let left = below.get(line.length); left; left = below.get(line.length)) {
        below.set(line.length, left - 1)
        line.push('')
      }
    }
    for (const cell of cellsOf(row)) {
      skip()
      const [columns, lines] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')]
      for (let column = 0; column < columns && line.length < widest; column += 1) {
        if (lines > 1) below.set(line.length, lines - 1)
        line.push(column === 0 ? textOf(cell) : '')
      }
    }
    skip()
    return line
  })
  return square(rows)
}

/** All rows as wide as the widest that has a text in its last cell. */
function square(rows: string[][]): string[][] {
  const width = Math.max(1, ...rows.map(row => row.findLastIndex(text => text !== '') + 1))
  return rows.map(row => Array.from({ length: width }, (_, column) => row[column] ?? ''))
}

function rowsOf(table: HTMLElement): HTMLElement[] {
  return [...table.querySelectorAll<HTMLElement>('tr')].filter(row => !isHidden(row))
}

function cellsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(':scope > td, :scope > th')].filter(cell => !isHidden(cell))
}

function spanOf(cell: HTMLElement, name: string): number {
  const span = Number.parseInt(cell.getAttribute(name) ?? '1', 10)
  return Number.isFinite(span) ? Math.min(Math.max(span, 1), widest) : 1
}
