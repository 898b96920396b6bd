import { Trans, useLingui } from '@lingui/react/macro'
import type { Id } from '@/core/api'
import { useTimes } from '@/core/time'
import { Tooltip } from '@/ui'
import styles from './message.module.css'

/** Beside the time of a message that came from another site long after it was written. */
export function LateMark({ arrived }: { arrived: Id }) {
  const { t } = useLingui()
  const { clock, list, full } = useTimes()
  const [day, time] = [list(arrived), clock(arrived)]
  const moment = day === time ? time : `${day} ${time}`
  const exact = full(arrived)
  return (
    <Tooltip content={t`Came late: the line between the sites was cut. Arrived ${exact}`}>
      <span className={styles.lateMark}>
        <Trans>Late: arrived {moment}</Trans>
      </span>
    </Tooltip>
  )
}
