import { Trans } from '@lingui/react/macro'
import { useConversations } from '@/log'
import { Banner, Button } from '@/ui'
import { askPermission, permissionStore, putOff } from './permission'

/** Asks once on each device, where somebody could call: browsers take no question that nobody pressed for. */
export function QuestionBar() {
  const isOpen = permissionStore(({ permission, isPutOff }) => permission === 'default' && !isPutOff)
  return isOpen ? <Question /> : null
}

function Question() {
  const hasConversations = useConversations().length > 0
  if (!hasConversations) return null
  return (
    <Banner
      shape="bar"
      action={
        <>
          <Button size="small" variant="primary" onClick={() => void askPermission()}>
            <Trans>Turn on</Trans>
          </Button>
          <Button size="small" variant="ghost" onClick={putOff}>
            <Trans>Not now</Trans>
          </Button>
        </>
      }
    >
      <Trans>Get notified of new messages while you are in another window?</Trans>
    </Banner>
  )
}
