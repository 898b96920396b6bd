import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { classes } from '@/ui/classes'
import styles from './Tree.module.css'
import { hasChildren, type TreeNode, type TreeRow, treeMove, treeRows } from './tree-rows'

export interface TreeProps<Node extends TreeNode> {
  /** Names the tree. */
  label: string
  nodes: Node[]
  /** Ids of open nodes. */
  open: ReadonlySet<string>
  onOpenChange: (open: Set<string>) => void
  selected?: string
  onSelect: (node: Node) => void
  renderNode: (node: Node) => ReactNode
  /** Shown at the end of a row: a number of people. */
  renderEnd?: (node: Node) => ReactNode
}

/** A tree to choose from: arrows move, Enter chooses, right and left open and close. */
export function Tree<Node extends TreeNode>(props: TreeProps<Node>) {
  const { label, nodes, open, onOpenChange, selected, onSelect } = props
  const rows = treeRows(nodes, open)
  const [wanted, setFocused] = useState(selected)
  const focused = [wanted, selected].find(id => rows.some(row => row.node.id === id)) ?? rows[0]?.node.id
  const elements = useRef(new Map<string, HTMLElement>())

  const toggle = (id: string) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    onOpenChange(next)
  }
  const onKeyDown = (event: KeyboardEvent, row: TreeRow<Node>) => {
    if (event.key === 'Enter' || event.key === ' ') onSelect(row.node)
    const move = treeMove(event.key, rows, row.node.id)
    if (move && 'toggle' in move) toggle(move.toggle)
    if (move && 'focus' in move) {
      setFocused(move.focus)
      elements.current.get(move.focus)?.focus()
    }
    if (move || event.key === 'Enter' || event.key === ' ') event.preventDefault()
  }

  return (
    <div role="tree" aria-label={label} className={styles.tree}>
      {rows.map(row => (
        <Row
          key={row.node.id}
          {...props}
          row={row}
          isFocused={row.node.id === focused}
          onToggle={() => toggle(row.node.id)}
          onKeyDown={event => onKeyDown(event, row)}
          onFocus={() => setFocused(row.node.id)}
          register={element => register(elements.current, row.node.id, element)}
        />
      ))}
    </div>
  )
}

interface RowProps<Node extends TreeNode> extends TreeProps<Node> {
  row: TreeRow<Node>
  isFocused: boolean
  onToggle: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: () => void
  register: (element: HTMLElement | null) => void
}

function Row<Node extends TreeNode>(props: RowProps<Node>) {
  const { row, selected, onSelect, renderNode, renderEnd, isFocused, onToggle, onKeyDown, onFocus, register } = props
  const { node, depth, open, place, siblings } = row
  return (
    <div
      ref={register}
      role="treeitem"
      tabIndex={isFocused ? 0 : -1}
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={hasChildren(node) ? open : undefined}
      aria-selected={node.id === selected}
      className={classes(styles.row, node.id === selected && styles.selected)}
      style={{ paddingLeft: 4 + depth * 16 }}
      onClick={() => onSelect(node)}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <span
        className={classes(styles.arrow, open && styles.open, !hasChildren(node) && styles.leaf)}
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation()
          onToggle()
        }}
      >
        <ChevronRight />
      </span>
      <span className={styles.label}>{renderNode(node)}</span>
      {renderEnd && <span className={styles.end}>{renderEnd(node)}</span>}
    </div>
  )
}

function register(elements: Map<string, HTMLElement>, id: string, element: HTMLElement | null): void {
  if (element) elements.set(id, element)
  else elements.delete(id)
}
