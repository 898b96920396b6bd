import type { ReactNode } from 'react'
import type { Id } from '@/core/api'
import { Avatar, type Presence } from '@/ui'
import { usePerson } from '../store'
import { PersonButton } from './PersonButton'
import styles from './people.module.css'
import { useBranchName } from './useBranchName'

export interface PersonLineProps {
  id: Id
  presence?: Presence
  presenceHint?: string
  /** Beside the name: a role. */
  tag?: ReactNode
  /** At the end, in place of branch and title. */
  end?: ReactNode
}

/** One person in a list: face, name, branch and title. */
export function PersonLine({ id, tag, end, ...presence }: PersonLineProps) {
  const person = usePerson(id)
  const branch = useBranchName(person?.branch)
  const about = [branch, person?.title].filter(Boolean).join(' · ')
  return (
    <div className={styles.line}>
      <PersonButton id={id} className={styles.who}>
        <Avatar id={id} name={person?.name ?? ''} size={28} presenceLabel={presence.presenceHint} {...presence} />
        <span className={styles.name}>{person?.name ?? '…'}</span>
      </PersonButton>
      {tag}
      {end ?? <span className={styles.about}>{about}</span>}
    </div>
  )
}
