import { plural, t } from '@lingui/core/macro'
import { useEffect, useRef, useState } from 'react'
import type { Id, Message } from '@/core/api'
import { contentLine } from '../blocks/text'
import { usePane } from '../pane/pane-context'
import styles from './timeline.module.css'

/** More than this at once are counted instead of read out. */
const readOutAtMost = 3
const gatherMs = 800

/** Says new messages of others to screen readers. Apart from the list: its rows come and go as one scrolls. */
export function Announcer({ messages, atNewest }: { messages: readonly Message[]; atNewest: boolean }) {
  const { me, nameOf } = usePane()
  const said = useRef<number | null>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const newest = messages.reduce((high, { seq }) => Math.max(high, seq), 0)
    if (said.current === null || !atNewest) {
      said.current = newest
      return
    }
    const timer = setTimeout(() => {
      const fresh = unsaid(messages, said.current, me)
      said.current = newest
      if (fresh.length > 0) setWords(announcement(fresh, nameOf))
    }, gatherMs)
    return () => clearTimeout(timer)
  }, [messages, atNewest, me, nameOf])
  return (
    <div role="status" aria-live="polite" className={styles.hidden}>
      {words}
    </div>
  )
}

/** By number, as they came: what came late stands above what was said already. */
function unsaid(messages: readonly Message[], after: number | null, me: Id): Message[] {
  const isFresh = (message: Message) => after === null || message.seq > after
  return messages.filter(message => isFresh(message) && message.kind === 'text' && message.sender !== me)
}

function announcement(fresh: readonly Message[], nameOf: (person: Id) => string): string {
  if (fresh.length > readOutAtMost) return plural(fresh.length, { one: '# new message', other: '# new messages' })
  return fresh
    .map(({ sender, content }) => {
      const name = nameOf(sender)
      const text = content ? contentLine(content, { everyone: t`all` }) : ''
      return t`${name}: ${text}`
    })
    .join('\n')
}
