import { Trans } from '@lingui/react/macro'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { classes } from '@/ui'
import styles from './import.module.css'

/** Takes a file by click, keyboard, or by dropping it. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const [over, setOver] = useState(false)
  return (
    <label
      className={classes(styles.drop, over && styles.over)}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      }}
    >
      <input
        type="file"
        className={styles.input}
        accept=".csv,.txt,text/csv"
        onChange={event => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <FileUp />
      <span>
        <Trans>Choose a CSV file, or drop it here</Trans>
      </span>
      <small>
        <Trans>UTF-8 or GBK; Excel: “Save as” CSV</Trans>
      </small>
    </label>
  )
}
