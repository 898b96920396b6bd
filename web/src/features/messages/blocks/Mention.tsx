import { drawn } from '@/characters'
import type { Id } from '@/core/api'
import { useMe } from '@/core/session'
import { PersonButton } from '@/features/contacts'
import { classes } from '@/ui'
import styles from './blocks.module.css'

/** A person called in a message; calling me, it stands out. The name is as it was when written. */
export function Mention({ person, name }: { person: Id; name: string }) {
  const me = useMe()
  return (
    // Copied from here, it is pasted as a mention again.
    <span data-mention={person} data-name={name}>
      <PersonButton person={person} className={classes(styles.mention, person === me.person.id && styles.mentionMe)}>
        @{drawn(name)}
      </PersonButton>
    </span>
  )
}
