import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { ImportOutcome } from '@/core/api'
import { Banner, Button } from '@/ui'
import { download } from './download'
import { Figures } from './Figures'
import styles from './import.module.css'
import { workbookOf } from './workbook'

/** What an import did. New passwords can be saved now and never again. */
export function ImportResult({ outcome, onAgain }: { outcome: ImportOutcome; onAgain: () => void }) {
  const { t } = useLingui()
  const [saved, setSaved] = useState(false)
  const { passwords, names } = outcome
  const save = () => {
    const rows = passwords.map(([login, password], at) => [names[at] ?? '', login, password])
    download('bilin-passwords.xlsx', workbookOf([[t`Full name`, t`Login`, t`Password`], ...rows]))
    setSaved(true)
  }
  return (
    <div className={styles.section}>
      <Banner tone="ok">
        <Trans>The import is done.</Trans>
      </Banner>
      <Figures outcome={outcome} />
      {passwords.length > 0 && (
        <Banner
          tone="warn"
          action={
            <Button size="small" icon={<Download />} onClick={save}>
              <Trans>Save passwords</Trans>
            </Button>
          }
        >
          <Plural
            value={passwords.length}
            one="# new person got a password. Save it now to hand it over: it is not shown again."
            other="# new people got passwords. Save them now to hand them over: they are not shown again."
          />
        </Banner>
      )}
      <div className={styles.buttons}>
        <Button variant="primary" disabled={passwords.length > 0 && !saved} onClick={onAgain}>
          <Trans>Done</Trans>
        </Button>
      </div>
    </div>
  )
}
