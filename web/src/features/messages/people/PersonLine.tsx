import type { ReactNode } from 'react'
import type { Id } from '@/core/api'
import { PersonButton, SecondName, usePlace } from '@/features/contacts'
import { usePerson } from '@/log'
import { Avatar, type Presence } from '@/ui'
import styles from './people.module.css'

export interface PersonLineProps {
  id: Id
  presence?: Presence
  presenceHint?: string
  /** Beside the name: a role. */
  tag?: ReactNode
  /** At the end, in place of unit and title. */
  end?: ReactNode
}

/** One person in a list: face, name, unit and title. */
export function PersonLine({ id, tag, end, ...presence }: PersonLineProps) {
  const person = usePerson(id)
  const about = usePlace(person)
  return (
    <div className={styles.line}>
      <PersonButton person={id} className={styles.who}>
        <Avatar id={id} name={person?.name ?? ''} size={28} presenceLabel={presence.presenceHint} {...presence} />
        <span className={styles.name}>
          {person?.name ?? '…'}
          <SecondName person={person} />
        </span>
      </PersonButton>
      {tag}
      {end ?? (
        <span className={styles.about} title={about}>
          {about}
        </span>
      )}
    </div>
  )
}
