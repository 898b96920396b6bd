import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { MessageCircle } from 'lucide-react'
import type { Person } from '@/core/api'
import { useMe } from '@/core/session'
import { Avatar, classes, IconButton, Tag } from '@/ui'
import { PersonHoverCard } from '../card/PersonHoverCard'
import { useStartConversation } from '../card/useStartConversation'
import { unitsQuery } from '../org/queries'
import { SecondName } from '../org/SecondName'
import styles from './people.module.css'

export interface PersonRowProps {
  person: Person
  isSelected: boolean
  isCurrent: boolean
  onOpen: () => void
  onFocus: () => void
}

export function PersonRow({ person, isSelected, isCurrent, onOpen, onFocus }: PersonRowProps) {
  const { data: tree } = useQuery(unitsQuery)
  const unit = tree?.units.get(person.unit)
  const branch = tree?.units.get(person.branch)
  return (
    <div className={classes(styles.row, isSelected && styles.selected)}>
      <div className={styles.who}>
        <button
          type="button"
          className={styles.name}
          data-person={person.id}
          aria-current={isSelected || undefined}
          tabIndex={isCurrent ? 0 : -1}
          onFocus={onFocus}
          onClick={onOpen}
        >
          <PersonHoverCard id={person.id} known={person}>
            <span className={styles.face}>
              <Avatar id={person.id} name={person.name} size={32} />
            </span>
          </PersonHoverCard>
          <span className={styles.nameText}>
            {person.name}
            <SecondName person={person} />
          </span>
        </button>
        <span className={styles.narrow}>{[person.title, unit?.name].filter(Boolean).join(' · ')}</span>
      </div>
      <span className={classes(styles.wide, styles.text)}>{person.title}</span>
      <span className={classes(styles.wide, styles.text)}>
        {unit?.name}
        {branch && branch.id !== person.unit && branch.kind === 'branch' && <Tag tone="neutral">{branch.name}</Tag>}
      </span>
      <span className={styles.actions}>
        <MessageAction person={person} isCurrent={isCurrent} />
      </span>
    </div>
  )
}

function MessageAction({ person, isCurrent }: { person: Person; isCurrent: boolean }) {
  const { t } = useLingui()
  const me = useMe()
  const start = useStartConversation()
  if (person.id === me.person.id) return null
  return (
    <IconButton
      icon={<MessageCircle />}
      label={t`Message ${person.name}`}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => start.mutate(person.id)}
    />
  )
}
