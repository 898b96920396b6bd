import { useLingui } from '@lingui/react/macro'
import { AtSign } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Avatar, classes } from '@/ui'
import { everyoneId } from '../everyone'
import type { Candidate, Candidates } from './candidates'
import styles from './mentions.module.css'

export interface MentionListProps {
  id: string
  kind: keyof Candidates
  candidates: readonly Candidate[]
  active: number
  /** Where the sign stands in the window. */
  at: { left: number; top: number }
  onPick: (candidate: Candidate) => void
}

const width = 320

/** Who may be mentioned, or which emoji there are, above what asks for them. Focus stays where one writes; the keys are handled there. */
export function MentionList({ id, kind, candidates, active, at, onPick }: MentionListProps) {
  const { t } = useLingui()
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active one is another element after each move
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const left = Math.max(8, Math.min(at.left, window.innerWidth - width - 8))
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={kind === 'person' ? t`Mention someone` : t`Emoji`}
      className={styles.list}
      style={{ left, bottom: window.innerHeight - at.top + 6, width }}
    >
      {candidates.map((candidate, index) => (
        <div
          key={candidate.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={classes(styles.option, index === active && styles.active)}
          // Before the editor loses its focus.
          onPointerDown={event => {
            event.preventDefault()
            onPick(candidate)
          }}
        >
          {kind === 'person' ? <Face candidate={candidate} /> : <span className={styles.emoji}>{candidate.id}</span>}
          <span className={styles.who}>
            <span className={styles.name}>{candidate.name}</span>
            {candidate.hint && <span className={styles.hint}>{candidate.hint}</span>}
          </span>
        </div>
      ))}
    </div>
  )
}

function Face({ candidate }: { candidate: Candidate }) {
  if (candidate.id !== everyoneId) return <Avatar id={candidate.id} name={candidate.name} size={24} />
  return (
    <span className={styles.everyone}>
      <AtSign />
    </span>
  )
}
