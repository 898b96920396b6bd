import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Person, Unit } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { type OrgTree, peopleIndexOf, peopleQuery, searchPeople, type UnitNode } from '@/features/contacts'
import { Avatar, Banner, Button, Checkbox, type Column, Empty, Input, Table, Tag } from '@/ui'
import { PersonMenu } from './PersonMenu'
import styles from './people.module.css'

export interface PeopleTableProps {
  tree: OrgTree
  unit: Unit
  tops: readonly UnitNode[]
}

/** The people of a unit and all below it, those who have left included where asked for. */
export function PeopleTable({ tree, unit, tops }: PeopleTableProps) {
  const { t } = useLingui()
  const [withInactive, setWithInactive] = useState(false)
  const [filter, setFilter] = useState('')
  const pages = useInfiniteQuery(peopleQuery(unit.id, withInactive))
  const text = useProblemText()
  const people = useMemo(() => pages.data?.pages.flatMap(page => page.people) ?? [], [pages.data])
  const shown = useFiltered(people, filter)
  const columns = usePeopleColumns(tree, tops)
  return (
    <>
      <div className={styles.tools}>
        <Input
          className={styles.filter}
          icon={<Search />}
          aria-label={t`Filter the people below`}
          placeholder={t`Filter by name or title`}
          value={filter}
          onValueChange={next => {
            setFilter(next)
            // What is filtered has to be here wholly.
            if (next && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
          }}
        />
        <Checkbox
          checked={withInactive}
          onCheckedChange={setWithInactive}
          label={<Trans>Show those who have left</Trans>}
        />
      </div>
      {pages.error && <Banner tone="danger">{text(pages.error)}</Banner>}
      <Table
        label={t`People`}
        columns={columns}
        rows={shown}
        rowKey={person => person.id}
        empty={pages.isSuccess && <Empty title={<Trans>Nobody here</Trans>} />}
      />
      {pages.hasNextPage && (
        <div className={styles.more}>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  )
}

/** Inactive people are found too: the index leaves them out, so they are taken for active in it. */
function useFiltered(people: readonly Person[], filter: string): Person[] {
  const index = useMemo(() => peopleIndexOf(people.map(person => ({ ...person, active: true }))), [people])
  if (!filter.trim()) return [...people]
  const found = new Set(searchPeople(index, filter, people.length).map(({ id }) => id))
  return people.filter(({ id }) => found.has(id))
}

function usePeopleColumns(tree: OrgTree, tops: readonly UnitNode[]): Column<Person>[] {
  return [
    { key: 'name', title: <Trans>Full name</Trans>, cell: person => <Who person={person} /> },
    { key: 'title', title: <Trans>Title</Trans>, cell: person => person.title, wide: true },
    { key: 'unit', title: <Trans>Unit</Trans>, cell: person => tree.units.get(person.unit)?.name, wide: true },
    {
      key: 'actions',
      title: '',
      width: '56px',
      align: 'end',
      cell: person => <PersonMenu tree={tree} tops={tops} person={person} />,
    },
  ]
}

function Who({ person }: { person: Person }) {
  return (
    <span className={styles.who}>
      <Avatar id={person.id} name={person.name} size={32} />
      <span className={person.active ? styles.whoName : `${styles.whoName} ${styles.gone}`}>{person.name}</span>
      {!person.active && (
        <Tag tone="neutral">
          <Trans>Has left</Trans>
        </Tag>
      )}
    </span>
  )
}
