import { plural, t } from '@lingui/core/macro'
import type { Id } from '@/core/api'
import { useTyping } from '@/log'
import { usePane } from '../pane/pane-context'
import styles from './timeline.module.css'

/** Who is writing right now. It has its place always, so that nothing moves. */
export function TypingLine() {
  const { conversation, nameOf } = usePane()
  const people = useTyping(conversation)
  return <p className={styles.typing}>{people.length > 0 && typingText(people, nameOf)}</p>
}

function typingText(people: readonly Id[], nameOf: (person: Id) => string): string {
  const [first = '', second = ''] = people.map(nameOf)
  if (people.length === 1) return t`${first} is typing…`
  if (people.length === 2) return t`${first} and ${second} are typing…`
  return plural(people.length, { one: '# person is typing…', other: '# people are typing…' })
}
