import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Id } from '@/core/api'
import { dateText } from '@/core/time'
import { useToldApart } from '@/features/contacts'
import { Avatar, IconButton } from '@/ui'
import { dateOf, weeksOf } from '../days'
import { withFilter, withoutNames } from '../query'
import type { Search } from '../useSearch'
import { useTitleOf } from '../useTitleOf'
import styles from './facets.module.css'

export interface FacetsProps {
  query: string
  search: Search
  onChange: (query: string) => void
}

const mostShown = 6

/** Days, senders and conversations of what is shown; each narrows the search. */
export function Facets({ query, search, onChange }: FacetsProps) {
  const nameOf = useToldApart()
  const titleOf = useTitleOf()
  const senders = counted(search.hits.map(({ sender }) => sender))
  const conversations = counted(search.hits.map(({ conversation }) => conversation))
  return (
    <aside className={styles.facets}>
      <Days query={query} search={search} onChange={onChange} />
      {senders.length > 1 && (
        <Facet title={<Trans>Sender</Trans>}>
          {senders.map(([id, count]) => (
            <FacetRow
              key={id}
              name={nameOf(id)}
              count={count}
              onClick={() => onChange(withFilter(query, 'from', `@${id}`))}
            >
              <Avatar id={id} name={nameOf(id)} size={20} />
            </FacetRow>
          ))}
        </Facet>
      )}
      {conversations.length > 1 && (
        <Facet title={<Trans>Conversation</Trans>}>
          {conversations.map(([id, count]) => (
            <FacetRow
              key={id}
              name={titleOf(id)}
              count={count}
              onClick={() => onChange(withFilter(query, 'in', `@${id}`))}
            >
              <Avatar id={id} name={titleOf(id)} shape="group" size={20} />
            </FacetRow>
          ))}
        </Facet>
      )}
    </aside>
  )
}

function Facet({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

interface FacetRowProps {
  name: string
  count: number
  onClick: () => void
  children: ReactNode
}

function FacetRow({ name, count, onClick, children }: FacetRowProps) {
  return (
    <button type="button" className={styles.facet} onClick={onClick}>
      {children}
      <span className={styles.facetName}>{name}</span>
      <span className={styles.facetCount}>{count}</span>
    </button>
  )
}

/** A month; a day shows what was found up to it, the newest first. */
function Days({ query, search, onChange }: FacetsProps) {
  const { t, i18n } = useLingui()
  const [shown, setShown] = useState(() => new Date())
  const year = shown.getFullYear()
  const month = shown.getMonth()
  const found = new Map(
    counted(
      search.hits.map(({ id }) => dateOf(id)),
      Number.POSITIVE_INFINITY,
    ),
  )
  const turn = (by: number) => setShown(new Date(year, month + by, 1))
  const jump = (day: Date) => {
    const next = dateText(new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1))
    onChange(withFilter(withoutNames(query, ['after']), 'before', next, true))
  }
  const title = new Intl.DateTimeFormat(i18n.locale, { year: 'numeric', month: 'long' }).format(shown)
  const weekdays = new Intl.DateTimeFormat(i18n.locale, { weekday: 'narrow' })
  const full = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'full' })
  return (
    <section aria-label={t`Jump to a date`}>
      <h2>
        <Trans>Jump to a date</Trans>
      </h2>
      <div className={styles.month}>
        <IconButton size="small" icon={<ChevronLeft />} label={t`Last month`} onClick={() => turn(-1)} />
        <span>{title}</span>
        <IconButton size="small" icon={<ChevronRight />} label={t`The next month`} onClick={() => turn(1)} />
      </div>
      <div className={styles.calendar}>
        {Array.from({ length: 7 }, (_, day) => new Date(2026, 10, 2 + day)).map(day => (
          <span key={day.getDay()} aria-hidden="true">
            {weekdays.format(day)}
          </span>
        ))}
        {weeksOf(year, month)
          .flat()
          .map((day, place) =>
            day ? (
              <button
                key={dateText(day)}
                type="button"
                aria-label={full.format(day)}
                data-found={Math.min(3, found.get(dateText(day)) ?? 0) || undefined}
                data-today={dateText(day) === dateText(new Date()) || undefined}
                onClick={() => jump(day)}
              >
                {day.getDate()}
              </button>
            ) : (
              <span key={place} />
            ),
          )}
      </div>
    </section>
  )
}

function counted(ids: readonly Id[], most = mostShown): [Id, number][] {
  const found = new Map<Id, number>()
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1)
  return [...found].sort((one, other) => other[1] - one[1]).slice(0, most)
}
