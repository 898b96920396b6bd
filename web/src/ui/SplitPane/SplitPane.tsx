import { type ReactNode, useRef, useState } from 'react'
import { classes } from '@/ui/classes'
import styles from './SplitPane.module.css'
import { useStoredSize } from './useStoredSize'

export interface SplitPaneProps {
  /** The part whose width is chosen; null: it is closed, and the rest takes all. */
  pane: ReactNode
  /** The part that takes the rest. */
  children: ReactNode
  /** On which side the pane stands. */
  side?: 'start' | 'end'
  /** px */
  defaultSize: number
  min: number
  max: number
  /** The width is kept on this device under this name. */
  name: string
  /** "Width of the list", in the reader's language: names the handle. */
  handleLabel: string
  className?: string
}

/** Two parts side by side; the border between them moves by pointer, arrow keys, or goes back by double-click. */
export function SplitPane(props: SplitPaneProps) {
  const { pane, children, side = 'start', defaultSize, min, max, name, handleLabel, className } = props
  const [size, setSize] = useStoredSize(name, defaultSize, min, max)
  const isOpen = pane !== null
  const handle = isOpen && (
    <Handle side={side} size={size} min={min} max={max} label={handleLabel} onSize={setSize} reset={defaultSize} />
  )
  const sized = isOpen && (
    <div className={styles.pane} style={{ width: size }}>
      {pane}
    </div>
  )
  return (
    <div className={classes(styles.split, className)}>
      {side === 'start' && sized}
      {side === 'start' && handle}
      <div className={styles.rest}>{children}</div>
      {side === 'end' && handle}
      {side === 'end' && sized}
    </div>
  )
}

interface HandleProps {
  side: 'start' | 'end'
  size: number
  min: number
  max: number
  reset: number
  label: string
  onSize: (size: number) => void
}

const step = 16

function Handle({ side, size, min, max, reset, label, onSize }: HandleProps) {
  const from = useRef({ x: 0, size: 0 })
  const [dragging, setDragging] = useState(false)
  const outward = side === 'start' ? 1 : -1
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes(styles.handle, dragging && styles.dragging)}
      onDoubleClick={() => onSize(reset)}
      onKeyDown={event => {
        if (event.key === 'ArrowRight') onSize(size + step * outward)
        if (event.key === 'ArrowLeft') onSize(size - step * outward)
      }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, size }
        setDragging(true)
      }}
      onPointerMove={event => dragging && onSize(from.current.size + (event.clientX - from.current.x) * outward)}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    />
  )
}
