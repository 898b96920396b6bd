import { Trans } from '@lingui/react/macro'
import { useId, useImperativeHandle, useState } from 'react'
import { MentionList } from '../mentions/MentionList'
import type { Choosing } from '../mentions/suggestion'
import styles from './editor.module.css'
import type { EditorProps } from './handle'
import { editorHandle } from './rich-handle'
import { useRichEditor } from './useRichEditor'

export { FormatBar } from '../FormatBar'

/** Where messages are written, with formats and mentions. Loaded after the screen; until then PlainEditor is there. */
export function RichEditor(props: EditorProps) {
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const [empty, setEmpty] = useState(props.initial.blocks.length === 0)
  const listId = useId()
  const { place, editor } = useRichEditor(props, { listId, onChoosing: setChoosing, onEmpty: setEmpty })
  useImperativeHandle(props.ref, () => editorHandle(editor))
  return (
    <div className={styles.box}>
      {empty && (
        <div aria-hidden="true" className={styles.placeholder}>
          {props.placeholder}
        </div>
      )}
      <div ref={place} className={styles.rich} />
      {choosing && !choosing.isComing && (
        <MentionList
          id={listId}
          kind={choosing.kind}
          candidates={choosing.candidates}
          active={choosing.active}
          at={choosing.at}
          onPick={choosing.pick}
        />
      )}
      <span role="status" className={styles.hidden}>
        {choosing && !choosing.isComing && <Count {...choosing} />}
      </span>
    </div>
  )
}

/** Said to who does not see the list. */
function Count({ kind, candidates }: Choosing) {
  const { length } = candidates
  return kind === 'person' ? <Trans>{length} people to mention</Trans> : <Trans>{length} emoji to choose from</Trans>
}
