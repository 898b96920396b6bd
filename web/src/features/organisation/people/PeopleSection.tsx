import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Id } from '@/core/api'
import { useMe } from '@/core/session'
import { isWithin, nodeOf, UnitTree } from '@/features/contacts'
import type { SectionProps } from '../scope'
import { topsOf } from '../scope'
import { UnitHeader } from '../units/UnitHeader'
import { PeopleTable } from './PeopleTable'
import styles from './people.module.css'

/** The units I manage at the left; of the chosen one its people and what can be done. */
export function PeopleSection({ tree }: SectionProps) {
  const me = useMe()
  const navigate = useNavigate()
  const { unit } = useSearch({ strict: false })
  const tops = topsOf(tree, me, 'org.manage')
  const inScope = unit !== undefined && tops.some(top => isWithin(tree, unit, top.id))
  const current = inScope ? unit : tops[0]?.id
  const node = current === undefined ? undefined : nodeOf(tree, current)
  const select = (id: Id) =>
    void navigate({ to: '/administration/$section', params: { section: 'people' }, search: { unit: id } })
  if (!node) return null
  return (
    <div className={styles.section}>
      <div className={styles.tree}>
        <UnitTree tree={tree} roots={tops} selected={node.id} onSelect={select} />
      </div>
      <div key={node.id} className={styles.main}>
        <UnitHeader tree={tree} node={node} tops={tops} onSelect={select} />
        <PeopleTable tree={tree} unit={node.unit} tops={tops} />
      </div>
    </div>
  )
}
