import { Trans, useLingui } from '@lingui/react/macro'
import { Search, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { VList } from 'virtua'
import type { Conversation } from '@/core/api'
import { useMe } from '@/core/session'
import { useOnline, usePeople, useRoster } from '@/log'
import { Delayed, IconButton, Input, Skeleton } from '@/ui'
import { useMatching } from '../people/useMatching'
import { AddMembers } from './AddMembers'
import styles from './details.module.css'
import { MemberLine } from './MemberLine'
import { listedMembers } from './member-order'

/** From so many members on there is a search, and only lines in sight exist. */
const manyMembers = 20
const lineHeight = 38
const linesShown = 12

/** Who is in the group. */
export function MembersSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const [adding, setAdding] = useState(false)
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        <Trans>Members</Trans>
        <Counts conversation={conversation} />
        <IconButton size="small" icon={<UserPlus />} label={t`Add members`} onClick={() => setAdding(true)} />
      </h3>
      <Members conversation={conversation} />
      {adding && <AddMembers conversation={conversation} onClose={() => setAdding(false)} />}
    </section>
  )
}

function Counts({ conversation }: { conversation: Conversation }) {
  const members = useRoster(conversation.id)
  const me = useMe().person.id
  // That I am here I know.
  const others = useMemo(() => (members ?? []).map(({ person }) => person).filter(id => id !== me), [members, me])
  const online = useOnline(others)
  const count = conversation.members
  return (
    <span className={styles.count}>
      {online > 0 ? (
        <Trans>
          {count} people · {online} online
        </Trans>
      ) : (
        <Trans>{count} people</Trans>
      )}
    </span>
  )
}

function Members({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const [query, setQuery] = useState('')
  const members = useRoster(conversation.id)
  const people = usePeople()
  const matching = useMatching()
  const listed = useMemo(
    () => listedMembers(members ?? [], people, query, matching),
    [members, people, query, matching],
  )
  if (!members) return <Waiting />
  const lines = listed.map(member => <MemberLine key={member.person} conversation={conversation} member={member} />)
  return (
    <>
      {conversation.members >= manyMembers && (
        <Input
          className={styles.find}
          icon={<Search />}
          value={query}
          onValueChange={setQuery}
          placeholder={t`Find a member`}
          aria-label={t`Find a member`}
        />
      )}
      {listed.length < manyMembers ? (
        lines
      ) : (
        <VList style={{ height: lineHeight * linesShown }} itemSize={lineHeight}>
          {lines}
        </VList>
      )}
      {listed.length === 0 && (
        <p className={styles.note}>
          <Trans>Nobody found</Trans>
        </p>
      )}
    </>
  )
}

function Waiting() {
  return (
    <Delayed>
      <div className={styles.waiting}>
        <Skeleton width="70%" />
        <Skeleton width="50%" />
        <Skeleton width="60%" />
      </div>
    </Delayed>
  )
}
