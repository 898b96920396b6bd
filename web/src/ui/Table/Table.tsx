import type { ReactNode } from 'react'
import { classes } from '@/ui/classes'
import styles from './Table.module.css'

export interface Column<Row> {
  key: string
  title: ReactNode
  cell: (row: Row) => ReactNode
  /** CSS width; without one it shares what is left. */
  width?: string
  align?: 'start' | 'end'
  /** Left out where the table is narrower than 600 px. */
  wide?: boolean
}

export interface TableProps<Row> {
  /** Names the table. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** The row is clickable too; put a button or link in a cell for the keyboard. */
  onRowClick?: (row: Row) => void
  selected?: string
  /** Rows that are there to be known, not to be worked with. */
  isMuted?: (row: Row) => boolean
  /** Shown in place of rows. */
  empty?: ReactNode
}

export function Table<Row>({ label, columns, rows, rowKey, onRowClick, selected, isMuted, empty }: TableProps<Row>) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} className={cellClass(column)} style={{ width: column.width }} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr
              key={rowKey(row)}
              className={classes(
                onRowClick && styles.clickable,
                selected === rowKey(row) && styles.selected,
                isMuted?.(row) && styles.muted,
              )}
              onClick={onRowClick && (() => onRowClick(row))}
            >
              {columns.map(column => (
                <td key={column.key} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </div>
  )
}

function cellClass<Row>(column: Column<Row>): string {
  return classes(column.align === 'end' && styles.end, column.wide && styles.wide)
}
