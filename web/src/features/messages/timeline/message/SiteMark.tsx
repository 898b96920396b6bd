import { useLingui } from '@lingui/react/macro'
import { Clock } from 'lucide-react'
import type { Message } from '@/core/api'
import { useListOf } from '@/core/i18n'
import { type Line, useHere, useLines } from '@/core/sites'
import { useConversation } from '@/log'
import { Delayed, Tooltip } from '@/ui'
import { usePane } from '../../pane/pane-context'
import styles from './message.module.css'
import { undelivered } from './undelivered'

/** A line that works carries a message within this; until then there is nothing to say, ms. */
const travelsWithinMs = 3_000

/** Beside a message of mine: to which sites it has not come yet. */
export function SiteMark({ message }: { message: Message }) {
  const { conversation } = usePane()
  const sites = useConversation(conversation)?.sites ?? none
  const lines = undelivered(message.id, useHere(), sites, useLines())
  if (lines.length === 0) return null
  const isCut = lines.some(({ reachable }) => !reachable)
  return isCut ? (
    <Mark lines={lines} />
  ) : (
    <Delayed ms={travelsWithinMs}>
      <Mark lines={lines} />
    </Delayed>
  )
}

function Mark({ lines }: { lines: readonly Line[] }) {
  const { t } = useLingui()
  const listOf = useListOf()
  const names = listOf(lines.map(({ name }) => name))
  const words = t`Not delivered to ${names} yet`
  return (
    <Tooltip content={words}>
      <span className={styles.siteMark} role="img" aria-label={words}>
        <Clock aria-hidden="true" />
        <span className={styles.siteName}>{names}</span>
      </span>
    </Tooltip>
  )
}

const none: number[] = []
