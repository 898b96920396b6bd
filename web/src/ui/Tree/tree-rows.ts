export interface TreeNode {
  id: string
  children?: TreeNode[]
}

/** A node as it stands in the list, its parents open. */
export interface TreeRow<Node extends TreeNode> {
  node: Node
  depth: number
  parent: string | null
  open: boolean
  /** Its place among its siblings, from 1, and how many they are. */
  place: number
  siblings: number
}

/** The rows in sight, from top to bottom. */
export function treeRows<Node extends TreeNode>(roots: readonly Node[], open: ReadonlySet<string>): TreeRow<Node>[] {
  const rows: TreeRow<Node>[] = []
  const walk = (nodes: readonly Node[], depth: number, parent: string | null) => {
    nodes.forEach((node, index) => {
      const isOpen = open.has(node.id) && hasChildren(node)
      rows.push({ node, depth, parent, open: isOpen, place: index + 1, siblings: nodes.length })
      if (isOpen) walk((node.children ?? []) as Node[], depth + 1, node.id)
    })
  }
  walk(roots, 0, null)
  return rows
}

export function hasChildren(node: TreeNode): boolean {
  return (node.children?.length ?? 0) > 0
}

export type TreeMove = { focus: string } | { toggle: string } | null

/** What a key does in a tree, as WAI-ARIA has it: arrows move, right opens, left closes or goes up. */
export function treeMove<Node extends TreeNode>(key: string, rows: TreeRow<Node>[], focused: string): TreeMove {
  const at = rows.findIndex(row => row.node.id === focused)
  const row = rows[at]
  if (!row) return null
  const focus = (index: number): TreeMove => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, index))]
    return target ? { focus: target.node.id } : null
  }
  if (key === 'ArrowDown') return focus(at + 1)
  if (key === 'ArrowUp') return focus(at - 1)
  if (key === 'Home') return focus(0)
  if (key === 'End') return focus(rows.length - 1)
  if (key === 'ArrowRight' && hasChildren(row.node)) return row.open ? focus(at + 1) : { toggle: focused }
  if (key === 'ArrowLeft') return row.open ? { toggle: focused } : row.parent ? { focus: row.parent } : null
  return null
}
