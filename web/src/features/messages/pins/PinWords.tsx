import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Id } from '@/core/api'
import { useConnectionStatus } from '@/log'
import { contentLine } from '../blocks/text'
import { type ShownPin, usePinnedMessage } from './pins'

export interface PinWordsProps {
  conversation: Id
  pins: readonly ShownPin[]
  message: Id
}

/** What a pinned message says, in a line. */
export function PinWords({ conversation, pins, message: id }: PinWordsProps) {
  const message = usePinnedMessage(conversation, pins, id)
  const { phase } = useConnectionStatus()
  if (message) return message.content && contentLine(message.content, { everyone: t`all` })
  // Its words are not here: they are being fetched, or there is no connection.
  return phase === 'live' ? '…' : <Trans>an earlier message, shown once you are back online</Trans>
}
