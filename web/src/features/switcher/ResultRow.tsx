import { useLingui } from '@lingui/react/macro'
import { SquareChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Conversation, Id, Person } from '@/core/api'
import { SecondName, usePlace } from '@/features/contacts'
import { unreadOf, usePerson } from '@/log'
import { Avatar, Badge } from '@/ui'
import type { Result } from './results'
import styles from './switcher.module.css'

export function ResultRow({ result }: { result: Result }) {
  switch (result.type) {
    case 'person':
      return <PersonRow person={result.person} />
    case 'conversation':
      return <ConversationRow conversation={result.conversation} name={result.name} />
    case 'command':
      return <Row picture={<SquareChevronRight className={styles.command} />} name={result.command.label} />
  }
}

function PersonRow({ person }: { person: Person }) {
  return (
    <Row
      picture={<Avatar id={person.id} name={person.name} size={32} />}
      name={person.name}
      second={<SecondName person={person} />}
      about={<About person={person} />}
    />
  )
}

function ConversationRow({ conversation, name }: { conversation: Conversation; name: string }) {
  const { t } = useLingui()
  const { id, kind, peer, members, muted } = conversation
  const unread = unreadOf(conversation)
  const isGroup = kind === 'group'
  return (
    <Row
      picture={<Avatar id={peer ?? id} name={name} shape={isGroup ? 'group' : 'person'} size={32} />}
      name={name}
      second={peer && <PeerName id={peer} />}
      about={isGroup ? t`${members} members` : peer && <Peer id={peer} />}
      end={<Badge count={unread} muted={muted} label={t`${unread} unread`} />}
    />
  )
}

function PeerName({ id }: { id: Id }) {
  return <SecondName person={usePerson(id)} />
}

function Peer({ id }: { id: Id }) {
  const person = usePerson(id)
  return person ? <About person={person} /> : null
}

/** Where somebody works, and as what. */
function About({ person }: { person: Person }) {
  return <>{usePlace(person)}</>
}

interface RowProps {
  picture: ReactNode
  name: string
  second?: ReactNode
  about?: ReactNode
  end?: ReactNode
}

function Row({ picture, name, second, about, end }: RowProps) {
  return (
    <span className={styles.row}>
      {picture}
      <span className={styles.name}>
        {name}
        {second}
      </span>
      {about && <span className={styles.about}>{about}</span>}
      {end && <span className={styles.end}>{end}</span>}
    </span>
  )
}
