import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Dialog } from '@/ui'
import { ContentView } from '../blocks/ContentView'
import styles from './composer.module.css'
import type { EditConflict } from './useEdit'

/** Both texts of a message that was changed on two devices, and which of them stays. */
export function ConflictDialog({ conflict, busy }: { conflict: EditConflict | null; busy: boolean }) {
  const { t } = useLingui()
  return (
    <Dialog
      open={conflict !== null}
      onOpenChange={() => conflict?.close()}
      closeLabel={t`Close`}
      title={t`This message was edited on another device in the meantime`}
      footer={
        conflict && (
          <>
            <Button onClick={conflict.giveUp}>
              <Trans>Keep the other text</Trans>
            </Button>
            <Button variant="primary" busy={busy} onClick={conflict.overwrite}>
              <Trans>Use my text</Trans>
            </Button>
          </>
        )
      }
    >
      {conflict && (
        <div className={styles.conflict}>
          <section aria-label={t`There now`}>
            <h3>
              <Trans>There now</Trans>
            </h3>
            <ContentView content={conflict.theirs} />
          </section>
          <section aria-label={t`My text`}>
            <h3>
              <Trans>My text</Trans>
            </h3>
            <ContentView content={conflict.mine} />
          </section>
        </div>
      )}
    </Dialog>
  )
}
