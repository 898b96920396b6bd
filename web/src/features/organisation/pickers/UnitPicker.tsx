import { Trans } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { Id, Unit } from '@/core/api'
import { knownHaystackOf, matchRank, needleOf, useReadings } from '@/core/pinyin'
import { type OrgTree, pathOf, type UnitNode, walk } from '@/features/contacts'
import { SearchSelect } from '@/ui'
import styles from './pickers.module.css'

export interface UnitPickerProps {
  tree: OrgTree
  /** What is offered: these units and everything below them. */
  tops: readonly UnitNode[]
  /** Left out with everything below it: a unit cannot move into itself. */
  without?: Id
  value: Id | null
  onValueChange: (unit: Id) => void
  placeholder?: string
  'aria-label'?: string
  className?: string
}

const shownCount = 60

/** A unit, found by its name, pinyin or initials. */
export function UnitPicker(props: UnitPickerProps) {
  const { tree, tops, without, value, onValueChange, placeholder, className } = props
  const [query, setQuery] = useState('')
  const units = useMemo(() => offered(tree, tops, without), [tree, tops, without])
  const readings = useReadings()
  // biome-ignore lint/correctness/useExhaustiveDependencies: found anew once the readings of names are there
  const options = useMemo(() => found(units, query), [units, query, readings])
  return (
    <SearchSelect<Unit>
      value={(value !== null && tree.units.get(value)) || null}
      onValueChange={unit => unit && onValueChange(unit.id)}
      options={options}
      onQueryChange={setQuery}
      labelOf={unit => unit.name}
      renderOption={unit => <UnitOption tree={tree} unit={unit} />}
      placeholder={placeholder}
      empty={<Trans>No unit found</Trans>}
      aria-label={props['aria-label']}
      className={className}
    />
  )
}

function UnitOption({ tree, unit }: { tree: OrgTree; unit: Unit }) {
  const above = pathOf(tree, unit.id).slice(0, -1)
  return (
    <span className={styles.option}>
      {unit.name}
      {above.length > 0 && <small>{above.map(({ name }) => name).join(' / ')}</small>}
    </span>
  )
}

function offered(tree: OrgTree, tops: readonly UnitNode[], without: Id | undefined): Unit[] {
  return walk(tops)
    .filter(({ id }) => without === undefined || !pathOf(tree, id).some(above => above.id === without))
    .map(({ unit }) => unit)
}

/** In the order of the tree while nothing is written, then the best first. */
function found(units: readonly Unit[], query: string): Unit[] {
  const needle = needleOf(query)
  if (!needle.name) return units.slice(0, shownCount)
  return units
    .map(unit => ({ unit, rank: matchRank(knownHaystackOf(unit.name), needle) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, shownCount)
    .map(({ unit }) => unit)
}
