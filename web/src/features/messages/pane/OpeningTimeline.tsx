import { Trans } from '@lingui/react/macro'
import { CloudOff } from 'lucide-react'
import { useProblemText } from '@/core/problems'
import { loadNewest } from '@/log'
import { Button, Delayed, Empty } from '@/ui'
import { MessageSkeletons } from '../timeline/TimelineStart'
import styles from './pane.module.css'
import { usePane } from './pane-context'

/** In the place of the timeline until its first messages are there, or why they are not. */
export function OpeningTimeline({ problem }: { problem: unknown }) {
  if (problem) return <Failed problem={problem} />
  return (
    <div className={styles.opening} aria-busy="true">
      <Delayed>
        <MessageSkeletons count={6} />
      </Delayed>
    </div>
  )
}

function Failed({ problem }: { problem: unknown }) {
  const { conversation } = usePane()
  const text = useProblemText()
  const again = () => {
    loadNewest(conversation).catch(() => undefined) // shown here again
  }
  return (
    <div className={styles.failed} role="alert">
      <Empty
        icon={<CloudOff />}
        title={<Trans>Messages could not be loaded.</Trans>}
        hint={text(problem)}
        action={
          <Button onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        }
      />
    </div>
  )
}
