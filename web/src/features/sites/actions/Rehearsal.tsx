import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { request } from '@/core/api'
import { Banner, Button, Dialog, FieldGroup, FormButtons, Segmented } from '@/ui'
import styles from '../page/sites.module.css'
import { useSiteWords } from '../page/useSiteWords'
import { useSiteChange } from '../useSiteChange'

const choices = ['60', '120', '300', '600'] as const

/** Cuts the line on purpose for a while, so that everybody sees what a cut is like. It ends by itself. */
export function RehearsalDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const words = useSiteWords()
  const [seconds, setSeconds] = useState<(typeof choices)[number]>('120')
  const cut = useSiteChange({
    change: () => request('POST /sites/cut', { body: { seconds: Number(seconds) } }),
    done: t`The line is cut`,
    onDone: onClose,
  })
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="small"
      title={<Trans>Rehearse a cut</Trans>}
      closeLabel={t`Close`}
    >
      <FieldGroup>
        <p className={styles.hint}>
          <Trans>
            This site neither sends to any other nor hears one until the time is over. People here and there go on;
            afterwards everything merges. You can end it at any time.
          </Trans>
        </p>
        <Segmented
          label={t`For how long`}
          value={seconds}
          onValueChange={setSeconds}
          options={choices.map(value => ({ value, label: words.minutes(Number(value) / 60) }))}
        />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" busy={cut.isPending} onClick={() => cut.mutate()}>
            <Trans>Cut the line</Trans>
          </Button>
        </FormButtons>
      </FieldGroup>
    </Dialog>
  )
}

/** While the line is cut on purpose. */
export function CutBanner({ seconds }: { seconds: number }) {
  const { t } = useLingui()
  const words = useSiteWords()
  const left = words.seconds(Math.ceil(seconds))
  const mend = useSiteChange({ change: () => request('DELETE /sites/cut'), done: t`The line is mended` })
  return (
    <Banner
      tone="info"
      action={
        <Button size="small" busy={mend.isPending} onClick={() => mend.mutate()}>
          <Trans>Mend it now</Trans>
        </Button>
      }
    >
      <Trans>The line is cut on purpose for another {left}.</Trans>
    </Banner>
  )
}
