import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, UserSearch, UsersRound } from 'lucide-react'
import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { Button, Empty, IconButton } from '@/ui'
import { pathOf } from '../org/org-tree'
import { unitsQuery } from '../org/queries'
import contacts from '../page/contacts.module.css'
import { AddPeople } from './AddPeople'
import { PeopleList } from './PeopleList'
import styles from './people.module.css'
import { type People, useFoundPeople, useUnitPeople } from './usePeople'

export interface PeoplePaneProps {
  unit?: Id
  query: string
  branch?: Id
  selected?: Id
  onPerson: (id: Id) => void
  onBack: () => void
}

/** The people of a unit, or those found. */
export function PeoplePane({ unit, query, branch, selected, onPerson, onBack }: PeoplePaneProps) {
  const ofUnit = useUnitPeople(unit)
  const found = useFoundPeople(query, branch)
  const shown = query ? found : ofUnit
  return (
    <section className={contacts.people}>
      {query ? <FoundHeader found={found} /> : <UnitHeader unit={unit} total={ofUnit.total} onBack={onBack} />}
      <PeopleBody key={query ? 'found' : unit} shown={shown} query={query} selected={selected} onPerson={onPerson} />
    </section>
  )
}

function UnitHeader({ unit, total, onBack }: { unit?: Id; total: number | null; onBack: () => void }) {
  const { t } = useLingui()
  const { data: tree } = useQuery(unitsQuery)
  const path = tree && unit ? pathOf(tree, unit) : []
  return (
    <header className={styles.header}>
      <span className={contacts.back}>
        <IconButton icon={<ArrowLeft />} label={t`Back`} onClick={onBack} />
      </span>
      <div className={styles.heading}>
        <h2 className={styles.unit}>{path.at(-1)?.name}</h2>
        <p className={styles.path}>
          {path.length > 1 && (
            <>
              {path
                .slice(0, -1)
                .map(({ name }) => name)
                .join(' / ')}
              {' · '}
            </>
          )}
          {total !== null && <Plural value={total} one="# person" other="# people" />}
        </p>
      </div>
    </header>
  )
}

function FoundHeader({ found }: { found: People }) {
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        <h2 className={styles.unit}>
          <Trans>Search results</Trans>
        </h2>
        <p className={styles.path} aria-live="polite">
          {!found.loading && found.total !== null && <Plural value={found.total} one="# person" other="# people" />}
        </p>
      </div>
    </header>
  )
}

type BodyProps = { shown: People; query: string; selected?: Id; onPerson: (id: Id) => void }

function PeopleBody({ shown, query, selected, onPerson }: BodyProps) {
  const text = useProblemText()
  if (shown.error) {
    return (
      <Empty
        icon={<UsersRound />}
        title={text(shown.error)}
        action={
          <Button onClick={shown.retry}>
            <Trans>Retry</Trans>
          </Button>
        }
      />
    )
  }
  if (!shown.loading && shown.people.length === 0) {
    return query ? (
      <Empty
        icon={<UserSearch />}
        title={<Trans>Nobody found for “{query}”</Trans>}
        hint={<Trans>Try the name, its pinyin or initials, or a title.</Trans>}
        action={<AddPeople />}
      />
    ) : (
      <Empty icon={<UsersRound />} title={<Trans>Nobody is in this department yet</Trans>} action={<AddPeople />} />
    )
  }
  return <PeopleList shown={shown} selected={selected} onPerson={onPerson} />
}
