import { plural } from '@lingui/core/macro'
import { AtSign } from 'lucide-react'
import { useState } from 'react'
import type { Conversation, Id, Message } from '@/core/api'
import { classes, Delayed } from '@/ui'
import { usePane } from '../pane/pane-context'
import { unreadCalls } from '../read/calls'
import styles from './timeline.module.css'

export interface MentionPillProps {
  conversation: Conversation
  messages: readonly Message[]
  jumpTo: (message: Id) => void
}

/** To the next message that calls me. Who comes to it at once, reading, needs no way. */
export function MentionPill({ conversation, messages, jumpTo }: MentionPillProps) {
  const { me } = usePane()
  const [visited, setVisited] = useState(0)
  const calls = unreadCalls(messages, me, Math.max(conversation.read_seq, visited))
  const [next] = calls
  if (!next) return null
  const go = () => {
    setVisited(next.seq)
    jumpTo(next.id)
  }
  return (
    <Delayed ms={1_500}>
      <button type="button" className={classes(styles.pill, styles.toMention)} onClick={go}>
        <AtSign aria-hidden="true" />
        {plural(calls.length, { one: '# mention of you', other: '# mentions of you' })}
      </button>
    </Delayed>
  )
}
