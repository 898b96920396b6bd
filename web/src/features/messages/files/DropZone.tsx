import { Trans } from '@lingui/react/macro'
import { type DragEvent, useState } from 'react'
import type { Id } from '@/core/api'
import { bring } from './attached'
import styles from './drop.module.css'

/** Lets files be dropped on an open conversation. */
export function useDropZone(conversation: Id) {
  const [over, setOver] = useState(false)
  const brings = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const zone = {
    onDragOverCapture: (event: DragEvent) => {
      if (!brings(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDropCapture: (event: DragEvent) => {
      setOver(false)
      // What is dragged out of a page is a picture and its address: words go where they are dropped.
      if (!brings(event) || event.dataTransfer.types.includes('text/plain')) return
      event.preventDefault()
      event.stopPropagation()
      bring(conversation, event.dataTransfer)
    },
  }
  const sign = over && (
    <div className={styles.drop}>
      <Trans>Drop files here to send them</Trans>
    </div>
  )
  return { zone, sign }
}
