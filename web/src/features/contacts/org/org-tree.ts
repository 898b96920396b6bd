import type { Id, Unit } from '@/core/api'
import type { TreeNode } from '@/ui'

/** The units, ready to be asked for. */
export interface OrgTree {
  units: ReadonlyMap<Id, Unit>
  /** Units without a parent in the list: the company, or what of it may be seen. */
  roots: UnitNode[]
}

/** A unit in the tree, children in order of rank, then name. */
export interface UnitNode extends TreeNode {
  id: Id
  unit: Unit
  children: UnitNode[]
}

export function orgTreeOf(units: readonly Unit[]): OrgTree {
  const nodes = new Map(units.map(unit => [unit.id, { id: unit.id, unit, children: [] as UnitNode[] }]))
  const roots: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = node.unit.parent === null ? undefined : nodes.get(node.unit.parent)
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  for (const { children } of nodes.values()) children.sort(byRank)
  return { units: new Map(units.map(unit => [unit.id, unit])), roots: roots.sort(byRank) }
}

/** From the top down to the unit itself. */
export function pathOf(tree: OrgTree, id: Id): Unit[] {
  const path: Unit[] = []
  for (let unit = tree.units.get(id); unit; unit = unit.parent === null ? undefined : tree.units.get(unit.parent)) {
    path.unshift(unit)
    if (path.length > tree.units.size) break
  }
  return path
}

/** The company and its branches, as they stand in the tree. */
export function branchesOf(tree: OrgTree): Unit[] {
  return walk(tree.roots)
    .map(node => node.unit)
    .filter(unit => unit.kind === 'branch' || unit.kind === 'company')
}

export function nodeOf(tree: OrgTree, id: Id): UnitNode | undefined {
  return walk(tree.roots).find(node => node.id === id)
}

/** Whether `id` is the unit `above` or lies somewhere below it. */
export function isWithin(tree: OrgTree, id: Id, above: Id): boolean {
  return pathOf(tree, id).some(unit => unit.id === above)
}

/** Every node, parents before children. */
export function walk(nodes: readonly UnitNode[]): UnitNode[] {
  return nodes.flatMap(node => [node, ...walk(node.children)])
}

function byRank(a: UnitNode, b: UnitNode): number {
  return a.unit.rank - b.unit.rank || a.unit.name.localeCompare(b.unit.name, 'zh-u-co-pinyin')
}
