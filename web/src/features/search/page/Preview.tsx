import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Message, TextHit } from '@/core/api'
import { useMe } from '@/core/session'
import { useTimes } from '@/core/time'
import { contentLine, useCopy } from '@/features/messages'
import { useConversation, useNameOf } from '@/log'
import { Avatar, Button, IconButton } from '@/ui'
import { useAround } from '../useSearch'
import { useTitleOf } from '../useTitleOf'
import { Marked } from './Marked'
import styles from './search.module.css'

export interface PreviewProps {
  hit: TextHit
  place: number
  of: number
  isMore: boolean
  onMove: (by: number) => void
}

/** What was said around a hit, beside the list of hits. */
export function Preview({ hit, place, of, isMore, onMove }: PreviewProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { day } = useTimes()
  const copy = useCopy()
  const title = useTitleOf()(hit.conversation)
  const conversation = useConversation(hit.conversation)
  const messages = useAround(hit)
  const log = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once what is around it has come
  useEffect(() => {
    log.current?.querySelector('[data-hit]')?.scrollIntoView({ block: 'center' })
  }, [hit.id, messages.length])
  const number = place + 1
  const all = isMore ? `${of}+` : String(of)
  const members = conversation?.members ?? 0
  const link = `${location.origin}/messages/${hit.conversation}#${hit.id}`
  return (
    <section className={styles.preview} aria-label={t`Messages around it`}>
      <header>
        <Avatar
          id={conversation?.peer ?? hit.conversation}
          name={title}
          shape={conversation?.peer ? 'person' : 'group'}
          size={28}
        />
        <div className={styles.middle}>
          <h2>{title}</h2>
          {conversation?.kind === 'group' && (
            <small>
              <Trans>{members} members</Trans>
            </small>
          )}
        </div>
        <IconButton size="small" icon={<ChevronUp />} label={t`The hit before`} onClick={() => onMove(-1)} />
        <IconButton size="small" icon={<ChevronDown />} label={t`The next hit`} onClick={() => onMove(1)} />
      </header>
      <div className={styles.around} ref={log}>
        <p className={styles.date}>
          <span>{day(hit.id)}</span>
        </p>
        {messages.map(message => (
          <Said key={message.id} message={message} hit={hit} />
        ))}
      </div>
      <footer>
        <span>
          <Trans>
            Result {number} of {all}
          </Trans>
        </span>
        <Button size="small" variant="ghost" onClick={() => void copy(link)}>
          <Trans>Copy link</Trans>
        </Button>
        <Button
          size="small"
          variant="primary"
          onClick={() =>
            void navigate({ to: '/messages/$conversation', params: { conversation: hit.conversation }, hash: hit.id })
          }
        >
          <Trans>Open in the conversation</Trans>
        </Button>
      </footer>
    </section>
  )
}

function Said({ message, hit }: { message: Message; hit: TextHit }) {
  const { t } = useLingui()
  const nameOf = useNameOf()
  const { clock, exact } = useTimes()
  const me = useMe().person.id
  if (!message.content) return null
  const isHit = message.id === hit.id
  return (
    <article className={styles.said} data-hit={isHit || undefined} data-mine={message.sender === me || undefined}>
      <Avatar id={message.sender} name={nameOf(message.sender)} size={36} />
      <div className={styles.middle}>
        <span className={styles.where}>
          <b>{nameOf(message.sender)}</b>
          <time dateTime={exact(message.id)}>{clock(message.id)}</time>
        </span>
        <span className={styles.bubble}>
          {isHit ? <Marked text={hit.text} marks={hit.marks} /> : contentLine(message.content, { everyone: t`all` })}
        </span>
      </div>
    </article>
  )
}
