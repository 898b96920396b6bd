import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { NearbyLine, TextHit } from '@/core/api'
import { useTimes } from '@/core/time'
import { useConversation, useLastChange, useNameOf } from '@/log'
import { Avatar } from '@/ui'
import { useTitleOf } from '../useTitleOf'
import { Marked } from './Marked'
import styles from './search.module.css'

export interface HitRowProps {
  hit: TextHit
  isChosen: boolean
  onChoose: () => void
}

/** A message that was found, between what was said before and after it. Where there is no preview it opens at once. */
export function HitRow({ hit, isChosen, onChoose }: HitRowProps) {
  const row = useRef<HTMLButtonElement>(null)
  const navigate = useNavigate()
  const nameOf = useNameOf()
  const titleOf = useTitleOf()
  const { clock, full, exact } = useTimes()
  const conversation = useConversation(hit.conversation)
  const title = titleOf(hit.conversation)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const changed = useLastChange(hit.conversation, hit.id)
  const client = useQueryClient()
  useEffect(() => {
    if (changed) void client.invalidateQueries({ queryKey: ['search'] }) // it was edited, or taken back
  }, [changed, client])
  const open = () => {
    onChoose()
    if (isChosen || matchMedia('(max-width: 1023px)').matches)
      void navigate({ to: '/messages/$conversation', params: { conversation: hit.conversation }, hash: hit.id })
  }
  return (
    <button type="button" ref={row} className={styles.hit} data-chosen={isChosen || undefined} onClick={open}>
      <Avatar
        id={conversation?.peer ?? hit.conversation}
        name={title}
        shape={conversation?.kind === 'direct' ? 'person' : 'group'}
        size={32}
      />
      <span className={styles.middle}>
        <span className={styles.where}>
          <b>{title}</b>
          <span>·</span>
          <span>{nameOf(hit.sender)}</span>
          <time dateTime={exact(hit.id)} title={full(hit.id)}>
            {clock(hit.id)}
          </time>
        </span>
        <Beside line={hit.before} />
        <span className={styles.text}>
          <Marked text={hit.text} marks={hit.marks} />
        </span>
        <Beside line={hit.after} />
      </span>
    </button>
  )
}

function Beside({ line }: { line: NearbyLine | null }) {
  const nameOf = useNameOf()
  if (!line) return null
  return <span className={styles.beside}>{`${nameOf(line.sender)}: ${line.text}`}</span>
}
