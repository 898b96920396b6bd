import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { Person } from '@/core/api'
import { type OrgTree, placeOf, usePeopleSearch } from '@/features/contacts'
import { Avatar, SearchSelect } from '@/ui'
import styles from './pickers.module.css'

export interface PersonPickerProps {
  tree: OrgTree
  value: Person | null
  onValueChange: (person: Person | null) => void
  placeholder?: string
}

const shownCount = 30

/** A person, found by name, pinyin, initials or title. */
export function PersonPicker({ tree, value, onValueChange, placeholder }: PersonPickerProps) {
  const [query, setQuery] = useState('')
  const { people, settled } = usePeopleSearch(query)
  return (
    <SearchSelect<Person>
      value={value}
      onValueChange={onValueChange}
      options={people.slice(0, shownCount)}
      onQueryChange={setQuery}
      labelOf={person => person.name}
      renderOption={person => <PersonOption tree={tree} person={person} />}
      placeholder={placeholder}
      empty={emptyWord(query, settled)}
    />
  )
}

function emptyWord(query: string, settled: boolean) {
  if (!query) return <Trans>Write a name, its pinyin or initials</Trans>
  return settled ? <Trans>Nobody found</Trans> : <Trans>Loading…</Trans>
}

function PersonOption({ tree, person }: { tree: OrgTree; person: Person }) {
  return (
    <span className={styles.person}>
      <Avatar id={person.id} name={person.name} size={28} />
      <span className={styles.option}>
        {person.name}
        <small>{placeOf(tree, person)}</small>
      </span>
    </span>
  )
}
