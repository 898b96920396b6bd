import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { AccountLine, Id, Person, Unit } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useTimes } from '@/core/time'
import {
  type OrgTree,
  peopleIndexOf,
  peopleQuery,
  placeOf,
  SecondName,
  searchPeople,
  type UnitNode,
} from '@/features/contacts'
import { Avatar, Banner, Button, Checkbox, type Column, Empty, Input, Table, Tag } from '@/ui'
import { PersonMenu } from './PersonMenu'
import styles from './people.module.css'
import { useAccounts } from './useAccounts'

export interface PeopleTableProps {
  tree: OrgTree
  unit: Unit
  tops: readonly UnitNode[]
}

const rowsAtOnce = 100

/** The people of a unit and all below it, those who have left included where asked for. */
export function PeopleTable({ tree, unit, tops }: PeopleTableProps) {
  const { t } = useLingui()
  const [withInactive, setWithInactive] = useState(false)
  const [filter, setFilter] = useState('')
  const [limit, setLimit] = useState(rowsAtOnce)
  const pages = useInfiniteQuery(peopleQuery(unit.id, withInactive))
  const text = useProblemText()
  const people = useMemo(() => pages.data?.pages.flatMap(page => page.people) ?? [], [pages.data])
  const shown = useFiltered(people, filter)
  const accounts = useAccounts(unit.id, withInactive, (pages.data?.pageParams ?? []) as (Id | null)[])
  const columns = usePeopleColumns(tree, tops, accounts)
  useNeededPages(pages, filter ? Number.POSITIVE_INFINITY : limit, people.length)
  return (
    <>
      <div className={styles.tools}>
        <Input
          className={styles.filter}
          icon={<Search />}
          aria-label={t`Filter the people below`}
          placeholder={t`Filter by name or title`}
          value={filter}
          onValueChange={setFilter}
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
        rows={shown.slice(0, limit)}
        rowKey={person => person.id}
        empty={pages.isSuccess && !pages.isFetchingNextPage && <NoRows filter={filter} onClear={() => setFilter('')} />}
      />
      {(shown.length > limit || pages.hasNextPage) && (
        <div className={styles.more}>
          <Button busy={pages.isFetchingNextPage} onClick={() => setLimit(limit + rowsAtOnce)}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  )
}

/** Fetches pages until enough people are here: as many as are shown, or all of them to be filtered. */
function useNeededPages(pages: PeoplePages, wanted: number, here: number): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages
  useEffect(() => {
    if (here < wanted && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [here, wanted, hasNextPage, isFetching, isError, fetchNextPage])
}

type PeoplePages = Pick<ReturnType<typeof useInfiniteQuery>, 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'>

/** Inactive people are found too: the index leaves them out, so they are taken for active in it. */
function useFiltered(people: readonly Person[], filter: string): Person[] {
  const index = useMemo(() => peopleIndexOf(people.map(person => ({ ...person, active: true }))), [people])
  if (!filter.trim()) return [...people]
  const found = new Set(searchPeople(index, filter, people.length).map(({ id }) => id))
  return people.filter(({ id }) => found.has(id))
}

/** Nobody is here, or nobody fits: then what was looked for is in the way. */
function NoRows({ filter, onClear }: { filter: string; onClear: () => void }) {
  if (!filter.trim()) return <Empty title={<Trans>Nobody here</Trans>} />
  return (
    <Empty
      title={<Trans>Nobody here fits “{filter}”</Trans>}
      action={
        <Button onClick={onClear}>
          <Trans>Show all</Trans>
        </Button>
      }
    />
  )
}

function usePeopleColumns(
  tree: OrgTree,
  tops: readonly UnitNode[],
  accounts: ReadonlyMap<Id, AccountLine>,
): Column<Person>[] {
  const times = useTimes()
  const used = ({ id }: Person) => {
    const account = accounts.get(id)
    return account && (account.used ? <time title={times.full(account.used)}>{times.list(account.used)}</time> : '–')
  }
  return [
    {
      key: 'name',
      title: <Trans>Full name</Trans>,
      cell: person => <Who person={person} login={accounts.get(person.id)?.login} />,
    },
    {
      key: 'unit',
      title: <Trans>Unit and title</Trans>,
      cell: person => <Post unit={placeOf(tree, { ...person, title: '' })} title={person.title} />,
      wide: true,
    },
    {
      key: 'email',
      title: <Trans>Email</Trans>,
      cell: ({ id }) => <span title={accounts.get(id)?.email}>{accounts.get(id)?.email}</span>,
      wide: true,
    },
    { key: 'used', title: <Trans>Last active</Trans>, width: '112px', cell: used, wide: true },
    {
      key: 'actions',
      title: '',
      width: '56px',
      align: 'end',
      cell: person => <PersonMenu tree={tree} tops={tops} person={person} />,
    },
  ]
}

function Who({ person, login }: { person: Person; login: string | undefined }) {
  return (
    <span className={styles.who}>
      <Avatar id={person.id} name={person.name} size={32} />
      <span className={styles.twoLines}>
        <span className={person.active ? styles.whoName : `${styles.whoName} ${styles.gone}`}>
          {person.name}
          <SecondName person={person} />
        </span>
        <span className={styles.under}>{login}</span>
      </span>
      {!person.active && (
        <Tag tone="neutral">
          <Trans>Has left</Trans>
        </Tag>
      )}
    </span>
  )
}

/** Where somebody works, and as what. */
function Post({ unit, title }: { unit: string; title: string }) {
  return (
    <span className={styles.twoLines}>
      <span className={styles.whoName} title={unit}>
        {unit}
      </span>
      <span className={styles.under}>{title}</span>
    </span>
  )
}
