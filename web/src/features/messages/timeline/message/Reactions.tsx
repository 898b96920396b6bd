import { plural, t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Clock, SmilePlus } from 'lucide-react'
import { useState } from 'react'
import type { Message, Reaction } from '@/core/api'
import { Tooltip } from '@/ui'
import { EmojiPopover } from '../../emoji/EmojiPopover'
import { type Pane, usePane } from '../../pane/pane-context'
import { useReactions } from '../../reactions/pending'
import styles from './message.module.css'

const namesShown = 20

/** Who answered by an emoji. A click adds mine to it, or takes it back. */
export function Reactions({ message }: { message: Message }) {
  const { t } = useLingui()
  const pane = usePane()
  const [open, setOpen] = useState(false)
  const reactions = useReactions(message, pane.me)
  if (reactions.length === 0) return null
  return (
    <div className={styles.reactions}>
      {reactions.map(reaction => (
        <Tooltip key={reaction.emoji} content={whoReacted(reaction, pane)}>
          <button
            type="button"
            className={styles.reaction}
            aria-pressed={reaction.people.includes(pane.me)}
            onClick={() => pane.react(message, reaction.emoji)}
          >
            <span className={styles.emoji}>{reaction.emoji}</span> {reaction.people.length}
            {reaction.waiting && <Clock role="img" aria-label={t`Waiting for the connection`} />}
            <span className={styles.hidden}>{whoReacted(reaction, pane)}</span>
          </button>
        </Tooltip>
      ))}
      <EmojiPopover
        open={open}
        onOpenChange={setOpen}
        onPick={emoji => pane.react(message, emoji)}
        trigger={
          <button type="button" className={styles.addReaction} aria-label={t`Add a reaction`}>
            <SmilePlus />
          </button>
        }
      />
    </div>
  )
}

function whoReacted({ people }: Reaction, { me, nameOf }: Pane): string {
  const names = people.slice(0, namesShown).map(person => (person === me ? t`You` : nameOf(person)))
  const rest = people.length - names.length
  const list = names.join(t({ message: ', ', comment: 'Between names in a list' }))
  return rest > 0 ? t`${list} and ${plural(rest, { one: '# other', other: '# others' })}` : list
}
