import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Input } from '@/ui'
import { linkTarget } from '../blocks/link-target'
import styles from './composer.module.css'

/** Where a link leads. `onDone('')`: there is to be none. */
export function LinkForm({ removable, onDone }: { removable: boolean; onDone: (href: string) => void }) {
  const { t } = useLingui()
  const [address, setAddress] = useState('')
  const href = completed(address)
  return (
    <form
      className={styles.linkForm}
      onSubmit={event => {
        event.preventDefault()
        if (href) onDone(href)
      }}
    >
      <Input
        // It comes after what opened it took the focus.
        autoFocus
        value={address}
        onValueChange={setAddress}
        placeholder="https://"
        aria-label={t`Web address`}
        inputMode="url"
      />
      <Button type="submit" variant="primary" disabled={!href}>
        {t`Insert`}
      </Button>
      {removable && <Button onClick={() => onDone('')}>{t`Remove`}</Button>}
    </form>
  )
}

/** An address one may link to; without a scheme https is meant, or a mailbox. Empty when it is none. */
function completed(address: string): string {
  const given = address.trim()
  if (!given) return ''
  const scheme = /^[^\s/:@]+@[^\s/:@]+$/.test(given) ? 'mailto:' : 'https://'
  return linkTarget(/^(?:https?:\/\/|mailto:)/i.test(given) ? given : scheme + given) ?? ''
}
