import { Trans } from '@lingui/react/macro'
import type { Conversation } from '@/core/api'
import { usePerson } from '@/log'
import { Tag } from '@/ui'

/** Whom I talk with has left the company. */
export function LeftTag({ conversation: { peer } }: { conversation: Conversation }) {
  const person = usePerson(peer ?? undefined)
  if (!person || person.active) return null
  return (
    <Tag tone="neutral">
      <Trans>Has left</Trans>
    </Tag>
  )
}
