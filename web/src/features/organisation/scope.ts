import type { Id, Me, Permission, Unit } from '@/core/api'
import { type OrgTree, pathOf, type UnitNode, walk } from '@/features/contacts'

/** What every page of the administration is given. */
export interface SectionProps {
  tree: OrgTree
}

/** The tops of what I may administer: units I hold the permission over, without those below another of them. */
export function topsOf(tree: OrgTree, me: Me, permission: Permission): UnitNode[] {
  const held = new Set(me.permissions.filter(each => each.permission === permission).map(({ unit }) => unit))
  return walk(tree.roots).filter(({ id, unit }) => held.has(id) && !isBelow(tree, unit, held))
}

/** Whether I hold a permission over a unit, or over one above it. */
export function mayOver(tree: OrgTree, me: Me, permission: Permission, unit: Id): boolean {
  const path = new Set(pathOf(tree, unit).map(({ id }) => id))
  return me.permissions.some(held => held.permission === permission && path.has(held.unit))
}

function isBelow(tree: OrgTree, unit: Unit, held: ReadonlySet<Id>): boolean {
  return pathOf(tree, unit.id)
    .slice(0, -1)
    .some(({ id }) => held.has(id))
}
