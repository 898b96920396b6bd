import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef } from 'react'
import { isComposing } from '@/core/keys'
import styles from './details.module.css'

/** The details over the conversation, where there is no room beside it. Escape, or a press outside, closes them. */
export function DetailsOver({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useLingui()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    place.current?.focus()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <>
      <button type="button" tabIndex={-1} className={styles.scrim} aria-label={t`Hide details`} onClick={onClose} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape only; all else is inside */}
      <div
        ref={place}
        className={styles.over}
        tabIndex={-1}
        onKeyDown={event => {
          // Dialogs opened from here are elsewhere on the page, and close by themselves.
          const isInside = event.currentTarget.contains(event.target as Node)
          if (event.key !== 'Escape' || !isInside || isComposing(event.nativeEvent)) return
          event.stopPropagation()
          onClose()
        }}
      >
        {children}
      </div>
    </>
  )
}
