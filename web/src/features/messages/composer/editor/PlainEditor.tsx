import { useImperativeHandle, useRef } from 'react'
import { holdKeysFrom, useTakesFocus } from '@/core/keys'
import { contentText } from '../../blocks/text'
import { emojiQuery } from '../../emoji/emoji-query'
import { intentionOf } from '../intention'
import { mentionQuery } from '../mentions/mention-query'
import { fromPlainText } from '../plain-text'
import styles from './editor.module.css'
import type { EditorProps } from './handle'

const words = { everyone: 'all', fences: true }

/** Where one writes until the rich editor has come (or when it cannot): plain text, the same keys. */
export function PlainEditor(props: EditorProps & { richComes?: boolean }) {
  const { ref, initial, autoFocus, placeholder, label, sendKey, onChange, onIntention, richComes } = props
  const area = useRef<HTMLTextAreaElement>(null)
  useTakesFocus(area, autoFocus)
  const report = () => area.current && onChange(fromPlainText(area.current.value))
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    content: () => fromPlainText(area.current?.value ?? ''),
    replace: content => {
      if (area.current) area.current.value = contentText(content, words)
      report()
    },
    show: content => {
      if (area.current) area.current.value = contentText(content, words)
    },
    insertText: text => {
      area.current?.setRangeText(text, area.current.selectionStart, area.current.selectionEnd, 'end')
      area.current?.focus()
      report()
    },
    startMention: () => area.current?.focus(),
    format: () => area.current?.focus(),
  }))
  return (
    <div className={styles.box}>
      <textarea
        ref={area}
        className={styles.plain}
        rows={1}
        placeholder={placeholder}
        aria-label={label}
        defaultValue={contentText(initial, words)}
        onChange={report}
        onKeyDown={event => {
          const empty = event.currentTarget.value === ''
          const intention = intentionOf(event.nativeEvent, { sendKey, empty, choosing: false })
          if (!intention || intention === 'new-line') return
          if (richComes && intention === 'send' && isCalling(event.currentTarget)) {
            // Whom or what it means is known to the rich editor alone.
            holdKeysFrom(event.nativeEvent)
            event.preventDefault()
            return
          }
          if (onIntention(intention) || intention === 'send') event.preventDefault()
        }}
      />
    </div>
  )
}

/** Somebody is being called by name, or an emoji. */
function isCalling({ value, selectionStart }: HTMLTextAreaElement): boolean {
  const before = value.slice(0, selectionStart)
  return mentionQuery(before) !== null || emojiQuery(before) !== null
}
