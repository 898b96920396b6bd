import { Trans } from '@lingui/react/macro'
import { useConversation } from '@/log'
import { Button, Skeleton } from '@/ui'
import { usePane } from '../pane/pane-context'
import { useTitle } from '../wording/useTitle'
import type { Edge } from './scroll/useEdges'
import styles from './timeline.module.css'

/** Height of what stands before the first row, px, as timeline.module.css says (.start). */
export const startHeight = 176

/** Before the first row: that this is the beginning, or the places of what is being fetched. */
export function TimelineStart({ fromStart, edge }: { fromStart: boolean; edge: Edge }) {
  return (
    <div className={styles.start}>
      {fromStart ? (
        <Beginning />
      ) : edge.state === 'failed' ? (
        <EdgeProblem edge={edge} />
      ) : (
        <MessageSkeletons count={2} />
      )}
    </div>
  )
}

function Beginning() {
  const pane = usePane()
  const conversation = useConversation(pane.conversation)
  const title = useTitle(conversation)
  return (
    <div className={styles.beginning}>
      <strong>{title}</strong>
      {pane.kind === 'direct' ? (
        <Trans>This is the beginning of your conversation.</Trans>
      ) : (
        <Trans>This is the beginning of the group.</Trans>
      )}
    </div>
  )
}

export function EdgeProblem({ edge }: { edge: Edge }) {
  return (
    <div className={styles.edgeProblem} role="alert">
      <Trans>Messages could not be loaded.</Trans>
      <Button size="small" onClick={edge.retry}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}

const widths = [62, 38, 74, 48, 30, 66]

/** The places of messages that are being fetched, as tall as short messages are. */
export function MessageSkeletons({ count }: { count: number }) {
  return Array.from({ length: count }, (_, index) => (
    <div key={index} className={styles.skeletonRow} aria-hidden="true">
      <Skeleton shape="circle" width={36} height={36} />
      <Skeleton width={96} height={14} />
      <Skeleton shape="box" width={`${widths[index % widths.length]}%`} height={38} />
    </div>
  ))
}
