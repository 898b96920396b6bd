import { Trans, useLingui } from '@lingui/react/macro'
import { type ComponentPropsWithRef, type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Id, Person } from '@/core/api'
import { Delayed, Skeleton } from '@/ui'
import { PersonRow } from './PersonRow'
import styles from './people.module.css'
import type { People } from './usePeople'

export interface PeopleListProps {
  shown: People
  selected?: Id
  onPerson: (id: Id) => void
}

/** How many rows before the end of what is there the next page is fetched. */
const ahead = 40

/** Any number of people: only rows in sight are in the page. Arrows move, Enter opens the card. */
export function PeopleList({ shown, selected, onPerson }: PeopleListProps) {
  const { people, loading, more } = shown
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const { current, onKeyDown, setCurrent } = useRovingRow(people, list, scroller, selected)

  const onScroll = () => {
    const end = list.current?.findItemIndex(list.current.scrollOffset + list.current.viewportSize) ?? 0
    if (end > people.length - ahead) more()
  }
  return (
    <div className={styles.table}>
      <Head />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons in it */}
      <div ref={scroller} className={styles.rows} onKeyDown={onKeyDown}>
        {loading && people.length === 0 && <RowsSkeleton />}
        <Virtualizer
          ref={list}
          as={PeopleItems}
          item="li"
          scrollRef={scroller}
          itemSize={52}
          bufferSize={400}
          onScroll={onScroll}
        >
          {people.map((person, index) => (
            <PersonRow
              key={person.id}
              person={person}
              isSelected={person.id === selected}
              isCurrent={index === current}
              onOpen={() => onPerson(person.id)}
              onFocus={() => setCurrent(person.id)}
            />
          ))}
        </Virtualizer>
      </div>
    </div>
  )
}

/** The list that holds the rows, named for those who hear it. */
function PeopleItems(props: ComponentPropsWithRef<'ul'>) {
  const { t } = useLingui()
  return <ul {...props} aria-label={t`People`} className={styles.items} />
}

/** What the columns are, for those who see them. */
function Head() {
  return (
    <div className={styles.head} aria-hidden="true">
      <span>
        <Trans>Full name</Trans>
      </span>
      <span>
        <Trans>Title</Trans>
      </span>
      <span>
        <Trans>Unit</Trans>
      </span>
    </div>
  )
}

/** One row of the list can be reached by Tab: the one arrows moved to last. */
function useRovingRow(
  people: readonly Person[],
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
  selected?: Id,
) {
  const [wanted, setCurrent] = useState<Id | undefined>(selected)
  const at = people.findIndex(person => person.id === wanted)
  const current = at === -1 ? 0 : at
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0 }
    const step = event.key === 'End' ? people.length - 1 : steps[event.key]
    const person = step === undefined ? undefined : people[step]
    if (step === undefined || !person) return
    event.preventDefault()
    setCurrent(person.id)
    list.current?.scrollToIndex(step, { align: 'nearest' })
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(person.id)}"]`)?.focus()
    })
  }
  return { current, onKeyDown, setCurrent }
}

function RowsSkeleton() {
  return (
    <Delayed>
      {[88, 64, 96, 72, 80, 68, 92, 76].map(width => (
        <div key={width} className={styles.skeleton}>
          <Skeleton shape="circle" width={32} height={32} />
          <Skeleton width={width} />
        </div>
      ))}
    </Delayed>
  )
}
