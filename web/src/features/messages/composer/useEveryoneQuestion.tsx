import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { Content, Span } from '@/core/api'
import { useConversation } from '@/log'
import { ConfirmDialog } from '@/ui'
import { isFile } from '../blocks/text'
import { usePane } from '../pane/pane-context'
import type { Occasion } from './occasion'
import type { Writing } from './useWriting'

/** In a group of so many people calling all of them is asked for once more. */
export const askedFrom = 6

/** Sends what is written; before a message that calls everybody of a large group, asks. */
export function useEveryoneQuestion(
  { current, send }: Pick<Writing, 'current' | 'send'>,
  occasion: Occasion | null,
): { send: () => boolean; question: ReactNode } {
  const { t } = useLingui()
  const { conversation } = usePane()
  const members = useConversation(conversation)?.members ?? 0
  const [asking, setAsking] = useState(false)
  const calledBefore = occasion?.kind === 'edit' && callsEveryone(occasion.message.content)
  const ask = () => {
    if (members < askedFrom || calledBefore || !callsEveryone(current())) return send()
    setAsking(true)
    return true
  }
  const others = members - 1
  const question = (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t`Notify ${others} people?`}
      description={<Trans>Everyone in this group will be notified.</Trans>}
      confirmLabel={<Trans>Send</Trans>}
      cancelLabel={<Trans>Cancel</Trans>}
      onConfirm={() => {
        setAsking(false)
        send()
      }}
    />
  )
  return { send: ask, question }
}

function callsEveryone(content: Content | null): boolean {
  const calls = (spans: readonly Span[]) => spans.some(({ type }) => type === 'mention_all')
  return (content?.blocks ?? []).some(block => {
    if (block.type === 'code' || isFile(block)) return false
    return block.type === 'list' ? block.items.some(calls) : calls(block.spans)
  })
}
