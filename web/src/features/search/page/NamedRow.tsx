import { useNavigate } from '@tanstack/react-router'
import type { NamedHit } from '@/core/api'
import { useStartConversation } from '@/features/contacts'
import { useConversation } from '@/log'
import { Avatar } from '@/ui'
import styles from './search.module.css'

/** A person or conversation that was found by name; a press goes there. */
export function NamedRow({ hit: { kind, id, name, about } }: { hit: NamedHit }) {
  const navigate = useNavigate()
  const start = useStartConversation()
  const conversation = useConversation(id)
  const isGroup = kind === 'conversation' && conversation?.kind !== 'direct'
  const open = () =>
    kind === 'person'
      ? start.mutate(id)
      : void navigate({ to: '/messages/$conversation', params: { conversation: id } })
  return (
    <button type="button" className={styles.hit} onClick={open}>
      <Avatar id={conversation?.peer ?? id} name={name} shape={isGroup ? 'group' : 'person'} size={32} />
      <span className={styles.middle}>
        <b>{name}</b>
        {about && <span className={styles.beside}>{about}</span>}
      </span>
    </button>
  )
}
