import { Trans } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '@/core/api'
import { directoryQuery, type OrgTree, pathOf, searchPeople, searchQuery } from '@/features/contacts'
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
  const directory = useQuery(directoryQuery)
  const onServer = useQuery({
    ...searchQuery(query, directory.data?.complete === false),
    placeholderData: keepPreviousData,
  })
  const near = directory.data ? searchPeople(directory.data.index, query, shownCount) : []
  const far = (onServer.data?.people ?? []).filter(person => !near.some(({ id }) => id === person.id))
  return (
    <SearchSelect<Person>
      value={value}
      onValueChange={onValueChange}
      options={[...near, ...far].slice(0, shownCount)}
      onQueryChange={setQuery}
      labelOf={person => person.name}
      renderOption={person => <PersonOption tree={tree} person={person} />}
      placeholder={placeholder}
      empty={query ? <Trans>Nobody found</Trans> : <Trans>Write a name, its pinyin or initials</Trans>}
    />
  )
}

function PersonOption({ tree, person }: { tree: OrgTree; person: Person }) {
  const path = pathOf(tree, person.unit).map(({ name }) => name)
  return (
    <span className={styles.person}>
      <Avatar id={person.id} name={person.name} size={28} />
      <span className={styles.option}>
        {person.name}
        <small>{[person.title, path.slice(-2).join(' / ')].filter(Boolean).join(' · ')}</small>
      </span>
    </span>
  )
}
