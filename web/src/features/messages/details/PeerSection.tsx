import type { Conversation } from '@/core/api'
import { PersonCard } from '@/features/contacts'
import { usePerson } from '@/log'
import { classes } from '@/ui'
import styles from './details.module.css'

/** Whom a direct conversation is with. */
export function PeerSection({ conversation }: { conversation: Conversation }) {
  const person = usePerson(conversation.peer ?? undefined)
  if (!conversation.peer) return null
  return (
    <section className={classes(styles.section, styles.peer)}>
      <PersonCard id={conversation.peer} known={person} isOpen />
    </section>
  )
}
