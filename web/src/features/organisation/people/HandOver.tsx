import { Trans } from '@lingui/react/macro'
import { Copy, ScrollText } from 'lucide-react'
import { useCopy } from '@/features/messages'
import { Button } from '@/ui'
import { handOverText } from './hand-over-text'
import styles from './people.module.css'

/** A password to hand over: large, wholly selected by one click, to be copied alone or with all a newcomer needs. */
export function HandOver({ login, password }: { login: string; password: string }) {
  const copy = useCopy()
  return (
    <>
      <p className={styles.secret}>{password}</p>
      <div className={styles.copy}>
        <Button size="small" icon={<Copy />} onClick={() => copy(password)}>
          <Trans>Copy the password</Trans>
        </Button>
        <Button size="small" icon={<ScrollText />} onClick={() => copy(handOverText(location.origin, login, password))}>
          <Trans>Copy address, login and password</Trans>
        </Button>
      </div>
    </>
  )
}
