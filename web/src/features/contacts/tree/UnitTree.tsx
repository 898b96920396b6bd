import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { Id } from '@/core/api'
import { Tree } from '@/ui'
import { type OrgTree, pathOf, type UnitNode } from '../org/org-tree'
import styles from '../page/contacts.module.css'

export interface UnitTreeProps {
  tree: OrgTree
  /** Shows only these parts; without them everything. */
  roots?: readonly UnitNode[]
  selected?: Id
  onSelect: (unit: Id) => void
  /** Instead of the number of people. */
  renderEnd?: (node: UnitNode) => ReactNode
}

/** The units of the company. What is selected is always in sight: its parents stand open. */
export function UnitTree({ tree, roots, selected, onSelect, renderEnd }: UnitTreeProps) {
  const { t } = useLingui()
  const nodes = [...(roots ?? tree.roots)]
  const { open, setOpen } = useOpenUnits(tree, nodes, selected)
  return (
    <Tree
      label={t`Organisation`}
      nodes={nodes}
      open={open}
      onOpenChange={setOpen}
      selected={selected}
      onSelect={node => onSelect(node.id)}
      renderNode={({ unit }) => (
        <span className={styles.unitName} title={unit.name}>
          {unit.name}
        </span>
      )}
      renderEnd={renderEnd ?? (({ unit }) => <span className={styles.count}>{unit.people}</span>)}
    />
  )
}

/** Open units: those somebody opened, the tops, and the parents of each newly selected one. */
function useOpenUnits(tree: OrgTree, nodes: readonly UnitNode[], selected: Id | undefined) {
  const top = nodes.map(node => node.id).join()
  const [state, setState] = useState<{ open: ReadonlySet<string>; selected?: Id; top: string }>({
    open: new Set(),
    top: '',
  })
  if (state.top !== top || state.selected !== selected) {
    const parents = selected ? pathOf(tree, selected).slice(0, -1) : []
    const tops = state.top === top ? [] : nodes.map(node => node.id)
    setState({ open: new Set([...state.open, ...tops, ...parents.map(unit => unit.id)]), selected, top })
  }
  return { open: state.open, setOpen: (open: ReadonlySet<string>) => setState({ ...state, open }) }
}
