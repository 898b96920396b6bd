import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useEffectEvent, useState } from 'react'
import { useProblemText } from '@/core/problems'
import { leavingStore, signOut, stayIn } from '@/core/session'
import { countUnsent, type Unsent } from '@/features/messages'
import { ConfirmDialog, toasts } from '@/ui'

/** Signing out takes everything of the person from this browser; what nobody else has is asked about first. */
export function SignOut() {
  const { t } = useLingui()
  const wants = leavingStore(state => state.wants)
  const [unsent, setUnsent] = useState<Unsent | null>(null)
  const [busy, setBusy] = useState(false)
  const text = useProblemText()
  const leave = () => {
    setBusy(true)
    signOut()
      .catch((problem: unknown) =>
        toasts.show({ tone: 'danger', title: t`You are still signed in.`, description: text(problem) }),
      )
      .finally(() => {
        setBusy(false)
        setUnsent(null)
        stayIn()
      })
  }
  const look = useEffectEvent(async () => {
    const found = await countUnsent()
    if (found.messages + found.drafts + found.marks > 0) setUnsent(found)
    else leave()
  })
  useEffect(() => {
    if (wants) void look()
  }, [wants])
  const stay = () => {
    setUnsent(null)
    stayIn()
  }
  return (
    <ConfirmDialog
      open={unsent !== null}
      onOpenChange={stay}
      title={unsent && titleOf(unsent)}
      description={
        <>
          {unsent && unsent.messages > 0 && unsent.drafts > 0 && (
            <>
              {plural(unsent.drafts, { one: 'There is # draft, too.', other: 'There are # drafts, too.' })}
              <br />
            </>
          )}
          <Trans>They are on this device only and are deleted when you sign out.</Trans>
        </>
      }
      confirmLabel={<Trans>Delete and sign out</Trans>}
      cancelLabel={<Trans>Stay signed in</Trans>}
      danger
      busy={busy}
      onConfirm={leave}
    />
  )
}

function titleOf({ messages, drafts, marks }: Unsent): string {
  if (messages > 0)
    return plural(messages, { one: '# message has not been sent', other: '# messages have not been sent' })
  if (drafts > 0) return plural(drafts, { one: 'You have # draft', other: 'You have # drafts' })
  return plural(marks, { one: '# change waits to be sent', other: '# changes wait to be sent' })
}
