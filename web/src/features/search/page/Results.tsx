import { Trans, useLingui } from '@lingui/react/macro'
import { SearchX, ServerOff } from 'lucide-react'
import { useState } from 'react'
import type { Id, NamedHit, SiteAway, TextHit } from '@/core/api'
import { fieldReasons, useProblemText, useReasonText } from '@/core/problems'
import { useTimes } from '@/core/time'
import { Button, Delayed, Empty, Skeleton, Tabs } from '@/ui'
import { dateOf } from '../days'
import type { Search } from '../useSearch'
import { HitRow } from './HitRow'
import { NamedRow } from './NamedRow'
import styles from './search.module.css'

export interface ResultsProps {
  query: string
  search: Search
  chosen: Id | undefined
  onChoose: (id: Id) => void
}

type Tab = 'messages' | 'people' | 'conversations'

/** What was found, by kind; messages by day, the newest first. */
export function Results({ query, search, chosen, onChoose }: ResultsProps) {
  const { t } = useLingui()
  const [tab, setTab] = useState<Tab>('messages')
  const { first, hits, error, more } = search
  const named = first?.named ?? []
  const people = named.filter(({ kind }) => kind === 'person')
  const conversations = named.filter(({ kind }) => kind === 'conversation')
  if (error) return <Refused search={search} />
  const many = { messages: hits, people, conversations }
  const hasOthers = people.length + conversations.length > 0
  const shown: Tab = many[tab].length > 0 ? tab : hits.length > 0 || !hasOthers ? 'messages' : firstOf(people)
  return (
    <div className={styles.results}>
      <div className={styles.tabs}>
        <Tabs
          label={t`What was found`}
          value={shown}
          onValueChange={setTab}
          tabs={[
            { value: 'messages', label: <MessagesLabel count={hits.length} isMore={more !== null} /> },
            { value: 'people', label: t`People`, count: people.length },
            { value: 'conversations', label: t`Conversations`, count: conversations.length },
          ]}
        />
      </div>
      <div className={styles.hits} aria-busy={search.waiting}>
        {first?.away.map(site => (
          <Away key={site.site} site={site} />
        ))}
        {first && first.behind > 500 && (
          <p className={styles.note}>
            <Trans>The search index is still being built; the newest messages may not be found yet.</Trans>
          </p>
        )}
        {shown === 'messages' && <Messages {...{ query, search, chosen, onChoose }} />}
        {shown === 'people' && <Named found={people} />}
        {shown === 'conversations' && <Named found={conversations} />}
      </div>
    </div>
  )
}

function firstOf(people: readonly NamedHit[]): Tab {
  return people.length > 0 ? 'people' : 'conversations'
}

function MessagesLabel({ count, isMore }: { count: number; isMore: boolean }) {
  const shown = isMore ? `${count}+` : String(count)
  return (
    <>
      <Trans>Messages</Trans> <span className={styles.count}>{shown}</span>
    </>
  )
}

function Messages({ query, search, chosen, onChoose }: ResultsProps) {
  const { first, hits, more, waiting } = search
  if (!first)
    return (
      <Delayed>
        <Skeleton width="70%" />
        <Skeleton width="50%" />
        <Skeleton width="60%" />
      </Delayed>
    )
  if (hits.length === 0 && !more && !waiting)
    return (
      <Empty
        icon={<SearchX />}
        title={<Trans>No messages contain “{query}”</Trans>}
        hint={<Trans>Try fewer words, or remove a filter. Only conversations you can read are searched.</Trans>}
      />
    )
  return (
    <>
      {byDay(hits).map(({ id, found }) => (
        <Day key={id} id={id} found={found} chosen={chosen} onChoose={onChoose} />
      ))}
      {more && (
        <Button size="small" onClick={more}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  )
}

interface DayProps {
  id: Id
  found: readonly TextHit[]
  chosen: Id | undefined
  onChoose: (id: Id) => void
}

function Day({ id, found, chosen, onChoose }: DayProps) {
  const { day } = useTimes()
  return (
    <section className={styles.day}>
      <h2>{day(id)}</h2>
      {found.map(hit => (
        <HitRow key={hit.id} hit={hit} isChosen={hit.id === chosen} onChoose={() => onChoose(hit.id)} />
      ))}
    </section>
  )
}

function byDay(hits: readonly TextHit[]): { id: Id; found: TextHit[] }[] {
  const days: { id: Id; found: TextHit[]; date: string }[] = []
  for (const hit of hits) {
    const date = dateOf(hit.id)
    const last = days.at(-1)
    if (last?.date === date) last.found.push(hit)
    else days.push({ id: hit.id, found: [hit], date })
  }
  return days
}

function Named({ found }: { found: readonly NamedHit[] }) {
  return (
    <>
      {found.map(hit => (
        <NamedRow key={hit.id} hit={hit} />
      ))}
    </>
  )
}

function Away({ site: { name, since_ms } }: { site: SiteAway }) {
  return (
    <p className={styles.note}>
      <ServerOff aria-hidden="true" />
      {since_ms === null ? (
        <Trans>Earlier messages from {name} are still coming and may not be found yet.</Trans>
      ) : (
        <Trans>{name} cannot be reached: what was written there since is not found here yet.</Trans>
      )}
    </p>
  )
}

function Refused({ search }: { search: Search }) {
  const text = useProblemText()
  const reasonText = useReasonText()
  const reason = fieldReasons(search.error).q
  return (
    <div className={styles.hits}>
      <div className={styles.note} role="alert">
        <p>{reason ? reasonText(reason) : text(search.error)}</p>
        {!reason && (
          <Button size="small" onClick={search.retry}>
            <Trans>Try again</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}
